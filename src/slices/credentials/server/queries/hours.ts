import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSeeHours, type OnePerson } from '../../access.ts';
import { shownArithmetic, type Shown } from '../../jp-arithmetic.ts';
import { entryStatus, type EntryStatus } from '../../model.ts';

export type Head = OnePerson & { name: string; kind: string; unit: string | null; post: string | null };

/** A person whose hours the actor may see; anybody else is not there. */
export async function headFor(db: Db, actor: Actor, personId: string): Promise<Head> {
	const rows = await sql<Head>`
		select p.id as "personId", p.employment_kind as kind, coalesce(s.unit_path::text, '') as "unitPath", s.supervisor_id as "supervisorId",
			coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as name, s.unit_name as unit, s.post_title as post
		from people.person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where p.agency_id = platform.current_agency() and p.id = ${personId}`.execute(db);
	const [head] = rows.rows;
	if (!head || !canSeeHours(actor, head)) throw missing();
	return head;
}

export type CountedEntry = {
	id: string;
	title: string;
	form: string;
	startsOn: string;
	endsOn: string;
	certificateOn: string | null;
	year: number;
	learningHours: number;
	status: EntryStatus;
	reason: string;
	source: string;
	assigned: boolean;
	abroad: boolean;
	certificateId: string | null;
	shown: Shown | null;
};

const ENTRY = sql`e.id, e.title, e.form, e.starts_on as "startsOn", e.ends_on as "endsOn", e.certificate_on as "certificateOn", e.year,
	e.learning_hours as "learningHours", e.status, e.reason, e.source, e.assigned, e.abroad, e.certificate_id as "certificateId", e.rule`;
type Row = Omit<CountedEntry, 'status' | 'shown'> & { status: string; rule: unknown };

const counted = ({ rule, ...row }: Row): CountedEntry => ({
	...row,
	status: entryStatus(row.status),
	shown: shownArithmetic({ rule, learningHours: row.learningHours, abroad: row.abroad })
});

/** Records of a person's year with the arithmetic of each; drafts are the owner's alone. Asks nobody: `headFor` did. */
export async function countedOfYear(db: Db, personId: string, year: number): Promise<CountedEntry[]> {
	const rows = await sql<Row>`
		select ${ENTRY} from credentials.jp_entry e
		where e.agency_id = platform.current_agency() and e.person_id = ${personId} and e.year = ${year} and e.status <> 'draft'
		order by e.ends_on, e.created_at, e.id`.execute(db);
	return rows.rows.map(counted);
}

export type Beside = { id: string; title: string; startsOn: string; endsOn: string; learningHours: number };

/**
 * One record with its arithmetic, and what it meets: records of its form that share its cap (the same days, or the same
 * month), and what holds its hours when it was refused for an overlap. Anybody who may not see it finds nothing.
 */
export async function countedEntry(
	db: Db,
	actor: Actor,
	entryId: string
): Promise<{ entry: CountedEntry; head: Head; sharing: Beside[]; twins: Beside[] }> {
	const rows = await sql<Row & { personId: string }>`
		select ${ENTRY}, e.person_id as "personId" from credentials.jp_entry e
		where e.agency_id = platform.current_agency() and e.id = ${entryId}
			and (e.status <> 'draft' or e.person_id = ${actor.personId}::uuid)`.execute(db);
	const [row] = rows.rows;
	if (!row) throw missing();
	const { personId, ...rest } = row;
	const head = await headFor(db, actor, personId);
	const entry = counted(rest);
	const others = await sql<Beside & { kind: string }>`
		select o.id, o.title, o.starts_on as "startsOn", o.ends_on as "endsOn", o.learning_hours as "learningHours",
			case when o.form = ${entry.form} then 'sharing' else 'twin' end as kind
		from credentials.jp_entry o
		where o.agency_id = platform.current_agency() and o.person_id = ${personId} and o.id <> ${entryId} and o.status = 'counted'
			and case when ${entry.shown?.capPerMonth ?? null}::int is null
				then o.starts_on <= ${entry.endsOn}::date and o.ends_on >= ${entry.startsOn}::date
				else o.form = ${entry.form} and date_trunc('month', o.starts_on) = date_trunc('month', ${entry.startsOn}::date) end
		order by o.starts_on, o.id`.execute(db);
	const of = (kind: string): Beside[] =>
		others.rows.filter((one) => one.kind === kind).map(({ kind: _, ...one }) => one);
	return {
		entry,
		head,
		sharing: entry.shown?.how.day || entry.shown?.capPerMonth ? of('sharing') : [],
		twins: entry.status === 'refused_overlap' ? [...of('twin'), ...of('sharing')] : []
	};
}

export type Target = { hours: number; legalBasis: string };

/** What a kind of employment owes in a year, and what an office may assign at most, on its last day. */
export async function targetsOf(
	db: Db,
	employmentKind: string,
	year: number
): Promise<{ minimum: Target | null; ceiling: Target | null }> {
	const rows = await sql<Target & { nature: string }>`
		select distinct on (nature) nature, learning_hours as hours, legal_basis as "legalBasis" from credentials.jp_target
		where agency_id = platform.current_agency() and employment_kind = ${employmentKind}
			and valid_from <= make_date(${year}, 12, 31) and (valid_to is null or valid_to > make_date(${year}, 12, 31))
		order by nature, valid_from desc`.execute(db);
	const of = (nature: string): Target | null => {
		const found = rows.rows.find((row) => row.nature === nature);
		return found ? { hours: found.hours, legalBasis: found.legalBasis } : null;
	};
	return { minimum: of('minimum'), ceiling: of('ceiling') };
}

export type AboveCeiling = {
	personId: string;
	name: string;
	unit: string;
	assigned: number;
	ceiling: number;
};

/** PPPK whom their office assigned more JP in a year than the law allows, most first. Only those in one's scope. */
export async function aboveCeiling(db: Db, actor: Actor, year: number): Promise<AboveCeiling[]> {
	const scope = actor.grants
		.filter(({ ability }) => ability === 'credentials.read')
		.map(({ unitPath }) => unitPath);
	if (scope.length === 0) return [];
	const rows = await sql<AboveCeiling>`
		with ceiling as (
			select distinct on (employment_kind) employment_kind, learning_hours as hours from credentials.jp_target
			where agency_id = platform.current_agency() and nature = 'ceiling'
				and valid_from <= make_date(${year}, 12, 31) and (valid_to is null or valid_to > make_date(${year}, 12, 31))
			order by employment_kind, valid_from desc
		), assigned as (
			select person_id, sum(learning_hours) as jp from credentials.jp_entry
			where agency_id = platform.current_agency() and year = ${year} and status = 'counted' and assigned group by person_id
		)
		select s.person_id as "personId", s.name, s.unit_name as unit, a.jp as assigned, c.hours as ceiling
		from assigned a
		join people.staff s on s.agency_id = platform.current_agency() and s.person_id = a.person_id
		join ceiling c on c.employment_kind = s.employment_kind
		where a.jp > c.hours and (${scope.includes('')} or s.unit_path <@ any(${scope.filter((path) => path !== '')}::ltree[]))
		order by a.jp desc, s.name limit 200`.execute(db);
	return rows.rows;
}
