import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canSeeEvidence, hasClaimsToVerify } from '../../access.ts';
import { entryStatus, type EntryStatus } from '../../model.ts';

export type Entry = {
	id: string;
	title: string;
	form: string;
	provider: string;
	number: string;
	startsOn: string;
	endsOn: string;
	learningHours: number;
	status: EntryStatus;
	reason: string;
	source: string;
	certificateId: string | null;
	evidenceId: string | null;
	/** By assignment of the office: counts towards the ceiling of PPPK. */
	assigned: boolean;
	certificateOn: string | null;
};
type Stored<Row> = Omit<Row, 'status'> & { status: string };

const ENTRY = sql`e.id, e.title, e.form, e.provider, e.certificate_number as number, e.starts_on as "startsOn", e.ends_on as "endsOn",
	e.learning_hours as "learningHours", e.status, e.reason, e.source, e.certificate_id as "certificateId", e.evidence_id as "evidenceId",
	e.assigned, e.certificate_on as "certificateOn"`;

/** One's own ledger of a year, oldest first; what counts and what does not. */
export async function ledgerOf(db: Db, actor: Actor, year: number): Promise<Entry[]> {
	if (actor.personId === null) return [];
	const rows = await sql<Stored<Entry>>`
		select ${ENTRY} from credentials.jp_entry e
		where e.agency_id = platform.current_agency() and e.person_id = ${actor.personId} and e.year = ${year}
		order by e.ends_on, e.created_at`.execute(db);
	return rows.rows.map((row) => ({ ...row, status: entryStatus(row.status) }));
}

export type OwnClaim = Entry & { amount: number; abroad: boolean };

/** A draft of one's own, or what was sent back, as it was typed; anything else is not there. */
export async function claimToChange(db: Db, actor: Actor, entryId: string): Promise<OwnClaim> {
	const rows = await sql<Stored<OwnClaim>>`
		select ${ENTRY}, e.amount, e.abroad from credentials.jp_entry e
		where e.agency_id = platform.current_agency() and e.id = ${entryId} and e.person_id = ${actor.personId}::uuid
			and e.status in ('draft', 'revise')`.execute(db);
	const [row] = rows.rows;
	if (!row) throw missing();
	return { ...row, status: entryStatus(row.status) };
}

/** SQL twin of `canVerifyClaim`; `e` is the entry, `s` the (outer-joined) staff row of its person. */
export const verifiable = (actor: Actor): RawBuilder<SqlBool> =>
	sql<SqlBool>`(e.person_id is distinct from ${actor.personId}::uuid and ${inScope(actor, 'credentials.verify', 's.unit_path')})`;

export const QUEUE_STATUS = ['waiting', 'revise'] as const;
export type QueueStatus = (typeof QUEUE_STATUS)[number];

export type Claim = Entry & {
	personId: string;
	name: string;
	unit: string | null;
	sentAt: Date;
	/** What else counts on these days: a verifier sees the clash before pressing, not after. */
	sameDays: string | null;
	/** Of PPPK by assignment: JP of the year with this one, and the ceiling that they pass; null: they do not. */
	ceiling: { assigned: number; ceiling: number } | null;
};

const PAGE = 50;

/** Claims of the people in one's scope that wait for a verifier, or for their owner to mend them; oldest first. */
export async function claimsToVerify(
	db: Db,
	actor: Actor,
	status: QueueStatus,
	page: number
): Promise<{ claims: Claim[]; counts: Record<QueueStatus, number>; pageSize: number }> {
	if (!hasClaimsToVerify(actor)) throw missing();
	const from = sql`credentials.jp_entry e
		join people.person p on p.agency_id = e.agency_id and p.id = e.person_id
		left join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id
		where e.agency_id = platform.current_agency() and ${verifiable(actor)}`;
	const counted = await sql<{ status: QueueStatus; n: number }>`
		select e.status, count(*)::int as n from ${from} and e.status = any(${[...QUEUE_STATUS]}) group by e.status`.execute(
		db
	);
	const rows = await sql<Stored<Claim>>`
		with page as materialized (
			select ${ENTRY}, e.person_id as "personId", e.created_at as "sentAt", s.unit_name as unit,
				coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as name
			from ${from} and e.status = ${status}
			order by e.created_at, e.id limit ${PAGE} offset ${(page - 1) * PAGE}
		)
		select page.*, (
			select string_agg(o.title, '; ' order by o.starts_on) from credentials.jp_entry o
			where o.agency_id = platform.current_agency() and o.person_id = page."personId" and o.status = 'counted' and o.id <> page.id
				and o.starts_on <= page."endsOn" and o.ends_on >= page."startsOn"
		) as "sameDays", (
			select jsonb_build_object('assigned', a.jp + page."learningHours", 'ceiling', t.hours)
			from people.person p
			cross join lateral (
				select t.learning_hours as hours from credentials.jp_target t
				where t.agency_id = p.agency_id and t.employment_kind = p.employment_kind and t.nature = 'ceiling'
					and t.valid_from <= page."endsOn" and (t.valid_to is null or t.valid_to > page."endsOn")
				order by t.valid_from desc limit 1
			) t
			cross join lateral (
				select coalesce(sum(o.learning_hours), 0) as jp from credentials.jp_entry o
				where o.agency_id = p.agency_id and o.person_id = p.id and o.status = 'counted' and o.assigned
					and o.year = extract(year from page."endsOn")
			) a
			where page.assigned and p.agency_id = platform.current_agency() and p.id = page."personId" and a.jp + page."learningHours" > t.hours
		) as ceiling
		from page order by "sentAt", id`.execute(db);
	const countOf = (one: QueueStatus) => counted.rows.find((row) => row.status === one)?.n ?? 0;
	return {
		claims: rows.rows.map((row) => ({ ...row, status: entryStatus(row.status) })),
		counts: { waiting: countOf('waiting'), revise: countOf('revise') },
		pageSize: PAGE
	};
}

/** The proof of a claim, for its owner and whoever verifies it; for anybody else it is not there. */
export async function evidenceFile(
	db: Db,
	actor: Actor,
	entryId: string
): Promise<{ name: string; mime: string; content: Buffer }> {
	const rows = await sql<{
		personId: string;
		unitPath: string;
		name: string;
		mime: string;
		content: Buffer;
	}>`
		select e.person_id as "personId", coalesce(s.unit_path::text, '') as "unitPath", f.name, f.mime, f.content
		from credentials.jp_entry e
		join platform.file f on f.agency_id = e.agency_id and f.id = e.evidence_id
		left join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id
		where e.agency_id = platform.current_agency() and e.id = ${entryId}`.execute(db);
	const [row] = rows.rows;
	if (!row || !canSeeEvidence(actor, row)) throw missing();
	return { name: row.name, mime: row.mime, content: row.content };
}
