import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSeeOwnData, canWatchPrivacy } from '../../access.ts';
import { correctionsOf } from './corrections.ts';
import { fullNameOf } from './as-of.ts';

export type LookLine = { on: string; viewer: string; hat: string | null; exported: boolean; firstAt: Date };
export type PrivacyRequest = {
	id: string;
	personId: string;
	name: string;
	kind: string;
	reason: string;
	status: string;
	askedAt: Date;
	decidedAt: Date | null;
	decidedBy: string | null;
	answer: string | null;
};

const requests = (where: RawBuilder<unknown>) => sql<PrivacyRequest>`
	select r.id, r.person_id as "personId", ${fullNameOf('p')} as name, r.kind, r.reason, r.status, r.asked_at as "askedAt",
		r.decided_at as "decidedAt", r.decided_by as "decidedBy", r.answer
	from people.privacy_request r join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
	where r.agency_id = (select platform.current_agency()) and ${where} order by r.asked_at desc, r.id limit 200`;

const looks = (where: RawBuilder<unknown>, size: number, offset: number) => sql<
	LookLine & { personId: string; name: string; total: number }
>`
	select l.on_day as on, l.viewer_name as viewer, l.hat, l.exported, l.first_at as "firstAt", l.person_id as "personId",
		${fullNameOf('p')} as name, count(*) over ()::int as total
	from people.access_log l join people.person p on p.agency_id = l.agency_id and p.id = l.person_id
	where l.agency_id = (select platform.current_agency()) and ${where}
	order by l.on_day desc, l.first_at desc limit ${size} offset ${offset}`;

/** Everything about one's own data: the record, who looked, what was asked. Refuses (as missing): somebody else's. */
export async function ownData(db: Db, actor: Actor, personId: string) {
	if (!canSeeOwnData(actor, personId)) throw missing();
	const { rows } = await sql<{
		name: string;
		nip: string | null;
		sex: string;
		birthDate: string | null;
		employmentKind: string;
		legalStatus: string;
		grade: string | null;
		education: string | null;
		email: string | null;
		language: string | null;
		restricted: boolean;
		createdAt: Date;
		importedAt: Date | null;
	}>`
		select ${fullNameOf('p')} as name, p.nip, p.sex, p.birth_date as "birthDate", p.employment_kind as "employmentKind",
			p.legal_status as "legalStatus", p.grade, p.education_level as education, p.email, p.language, p.restricted,
			p.created_at as "createdAt", i.applied_at as "importedAt"
		from people.person p left join people.import i on i.agency_id = p.agency_id and i.id = p.import_id
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId}`.execute(db);
	const record = rows[0];
	if (!record) throw missing();
	return {
		record,
		looks: (await looks(sql`l.person_id = ${personId}`, 100, 0).execute(db)).rows,
		corrections: await correctionsOf(db, personId),
		requests: (await requests(sql`r.person_id = ${personId}`).execute(db)).rows
	};
}

/** For who watches over privacy: what waits, what was decided, and who looked at whom. Refuses (as missing): others. */
export async function privacyDesk(
	db: Db,
	actor: Actor,
	list: { search: string; size: number; offset: number }
) {
	if (!canWatchPrivacy(actor)) throw missing();
	const pattern = `%${list.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
	const where =
		list.search === ''
			? sql`true`
			: sql`(p.name_folded like ${pattern} or lower(l.viewer_name) like ${pattern})`;
	const log = (await looks(where, list.size, list.offset).execute(db)).rows;
	const waiting = (await requests(sql`r.status = 'waiting'`).execute(db)).rows;
	return {
		waiting: waiting.map((request) => ({ ...request, own: request.personId === actor.personId })),
		decided: (await requests(sql`r.status <> 'waiting'`).execute(db)).rows,
		log,
		total: log[0]?.total ?? 0
	};
}
