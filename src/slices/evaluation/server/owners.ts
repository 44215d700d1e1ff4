import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/db/db.ts';

let office: RawBuilder<unknown> = sql`select null::uuid as person_id where false`;
/** Who works on programs, as rows of `person_id`: only the app knows which roles those are, and says so once (wiring.ts). */
export const officeIs = (people: RawBuilder<unknown>): void => void (office = people);

/** Whoever may own a finding `f`, as rows `o` of `person_id`: those who may change programs, and who taught its class. */
const MAY_OWN = () => sql`(
	${office}
	union
	select g.person_id from classes.session x
	join classes.session_facilitator g on g.agency_id = x.agency_id and g.session_id = x.id
	where x.agency_id = f.agency_id and x.class_id = f.class_id
) o`;

export type MayOwn = { id: string; name: string; unit: string };

/** People who may own this finding and still work here, by name. */
export async function mayOwn(db: Db, findingId: string): Promise<MayOwn[]> {
	const { rows } = await sql<MayOwn>`
		select s.person_id as id, p.name, s.unit_name as unit
		from evaluation.finding f
		cross join lateral ${MAY_OWN()}
		join people.staff s on s.agency_id = f.agency_id and s.person_id = o.person_id
		join people.person p on p.agency_id = s.agency_id and p.id = s.person_id
		where f.agency_id = platform.current_agency() and f.id = ${findingId}
		order by p.name, s.unit_name limit 500`.execute(db);
	return rows;
}

export type OwnerChange = {
	at: Date;
	from: string | null;
	to: string | null;
	by: string | null;
	reason: string;
};

/** Who handed a finding to whom and why, newest first; from the audit trail. */
export async function ownerChanges(db: Db, findingId: string): Promise<OwnerChange[]> {
	const { rows } = await sql<OwnerChange>`
		select a.at, x.name as from, y.name as to, p.name as by, coalesce(a.subject ->> 'reason', '') as reason
		from platform.audit a
		left join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		left join people.person x on x.agency_id = a.agency_id and x.id = (a.subject ->> 'formerOwnerId')::uuid
		left join people.person y on y.agency_id = a.agency_id and y.id = (a.subject ->> 'ownerId')::uuid
		where a.agency_id = platform.current_agency() and a.command = 'evaluation.nameOwner' and a.subject ->> 'findingId' = ${findingId}
		order by a.at desc, a.id desc limit 50`.execute(db);
	return rows;
}
