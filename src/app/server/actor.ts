import { sql, type RawBuilder } from 'kysely';
import type { Actor, Hat } from '#kernel/actor.ts';
import { ABILITIES } from '#kernel/abilities.ts';
import type { Db } from '#platform/db/db.ts';
import { glance } from '#platform/db/pools.ts';
import { unreadCount } from '#slices/notices/public.server.ts';
import { rank, ROLES } from './roles.ts';

export type Identity = { accountId: string; agencyId: string; personId: string | null; name: string };

/** Offices whose head is a kepala OPD; heads of anything smaller are supervisors. */
const OFFICE_KINDS = [
	'sekretariat_daerah',
	'sekretariat_dprd',
	'inspektorat',
	'dinas',
	'badan',
	'rsud',
	'kecamatan'
];

/**
 * The hats of a person today: one per unit that they lead or stand in for, one per other unit of whose people they were
 * named the supervisor, one per dated grant, and "employee" for everybody with
 * a post; the first is worn when none was chosen.
 */
export async function hatsOf(db: Db, personId: string, today: string): Promise<Hat[]> {
	const rows = await hatRows(personId, sql`${today}::date`).execute(db);
	return hatsIn(rows.rows);
}

/** The agency, the hats of one of its people today and how many notices they have not read, in one statement; null for an account without a person. */
export async function agencyAndHats(agencyId: string, personId: string | null) {
	const rows = await glance(
		agencyId,
		sql<{ agency: string; time_zone: string; unread: number } & Partial<HatRow>>`
			select a.name as agency, a.time_zone, ${unreadCount(personId)} as unread, h.* from platform.agency a
			left join lateral (${hatRows(personId, sql`(now() at time zone a.time_zone)::date`)}) h on true
			where a.agency_id = platform.current_agency()`
	);
	const [first] = rows;
	if (!first) throw new Error('the agency of the session does not exist');
	return {
		agency: { name: first.agency, timeZone: first.time_zone },
		unread: first.unread,
		hats: hatsIn(rows.filter(isHat))
	};
}

type HatRow = { role: string; unit_id: string; name: string; path: string };
const isHat = <Row extends Partial<HatRow>>(row: Row): row is Row & HatRow => typeof row.role === 'string';

const hatRows = (personId: string | null, today: RawBuilder<unknown>) => sql<HatRow>`
		select case when u.kind = any(${OFFICE_KINDS}) then 'unitHead' else 'supervisor' end as role, u.id as unit_id, u.name, u.path::text
		from people.unit u where u.agency_id = platform.current_agency() and (u.head_person_id = ${personId} or u.acting_person_id = ${personId}) and u.valid_to is null
		union all
		select distinct 'namedSupervisor', u.id, u.name, u.path::text
		from people.supervisor_exception x
		join people.staff s on s.agency_id = x.agency_id and s.person_id = x.person_id
		join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
		where x.agency_id = platform.current_agency() and x.supervisor_id = ${personId}
			and x.valid_from <= ${today} and (x.valid_to is null or x.valid_to > ${today})
			and not exists (select from people.unit led where led.agency_id = u.agency_id and led.path @> u.path and led.valid_to is null
				and (led.head_person_id = ${personId} or led.acting_person_id = ${personId}))
		union all
		select g.role, u.id, u.name, case when u.parent_id is null then '' else u.path::text end
		from people.role_grant g join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		where g.agency_id = platform.current_agency() and g.person_id = ${personId}
			and g.valid_from <= ${today} and (g.valid_to is null or g.valid_to > ${today})
		union all
		select 'employee', s.unit_id, s.unit_name, s.unit_path::text from people.staff s
		where s.agency_id = platform.current_agency() and s.person_id = ${personId}`;

const hatsIn = (rows: readonly HatRow[]): Hat[] =>
	rows
		.filter((row) => row.role in ROLES)
		.map((row) => ({
			key: `${row.role}:${row.unit_id}`,
			role: row.role,
			unitId: row.unit_id,
			unitName: row.name,
			unitPath: row.path
		}))
		.sort((a, b) => rank(a.role) - rank(b.role));

/** The actor of a person in the hat they chose. Abilities come from the hat; what is one's own needs none. */
export function actorIn(identity: Identity, hats: readonly Hat[], chosen: string | undefined): Actor {
	const hat = hats.find((candidate) => candidate.key === chosen) ?? hats[0] ?? null;
	const home = hats.find((candidate) => candidate.role === 'employee');
	return {
		agencyId: identity.agencyId,
		accountId: identity.accountId,
		personId: identity.personId,
		name: identity.name,
		unitPath: home?.unitPath ?? '',
		hat,
		grants:
			hat === null ? [] : (ROLES[hat.role] ?? []).map((ability) => ({ ability, unitPath: hat.unitPath }))
	};
}

/** The system itself: listeners and set-up act as it, with every ability in one agency. */
export const systemActor = (agencyId: string): Actor => ({
	agencyId,
	accountId: 'system',
	personId: null,
	name: 'Asah',
	unitPath: '',
	hat: null,
	grants: ABILITIES.map((ability) => ({ ability, unitPath: '' }))
});
