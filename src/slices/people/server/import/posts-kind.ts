import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { checkPosts, POSTS } from '../../import/check-posts.ts';
import { laterImports, some } from './dependants.ts';
import type { Applied, ComparedRows, ImportKind, Progress, Undone } from './kind.ts';
import { knownUnits } from './known-units.ts';
import { oneProblem } from './problem-sql.ts';

const RECORD = sql`d(person_id uuid, unit_id uuid, title text, kind text, level text, valid_from date, valid_to date, unit text)`;

/**
 * Post history: closed posts before the one of today. A post without an end lasts until the next one begins. A post that
 * is known from the same day on is corrected; one that lies inside another, or after today's post, is wrong.
 */
export const postsKind: ImportKind = {
	shape: POSTS,
	label: 'people.import.kind.posts',
	fieldLabel: (field) => `people.import.field.${field}`,
	check: async (sheet, { tx, agencyId, today }) =>
		checkPosts(sheet, { today, units: await knownUnits(tx, agencyId, { closed: true }) }),
	compare: comparePosts,
	apply: applyPosts,
	dependants: async (tx, undone) => [
		...(await laterImports(tx, undone)),
		...some('people.import.depends.writtenSince', await writtenSince(tx, undone))
	],
	undo: undoPosts,
	subjects: sql`(select j.id, p.name || coalesce(' · ' || p.nip, '') as label, j.agency_id, '/people/' || p.id as href
		from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id)`,
	expected: null
};

async function comparePosts(tx: Tx, { agencyId, importId }: ComparedRows): Promise<void> {
	await sql`
		with r as materialized (
			select r.*, d.title, d.kind, d.level, d.valid_from, d.valid_to as said_to, d.unit, p.id as owner, u.id as place, u.name as place_name
			from pg_temp.checked_row r
			left join lateral jsonb_to_record(r.data) as ${RECORD} on true
			left join people.person p on p.agency_id = ${agencyId} and p.nip = r.known_nip
			left join people.unit u on u.agency_id = ${agencyId} and u.external_id = d.unit
		), starts as (
			select owner as person_id, valid_from from r where not wrong and owner is not null
			union
			select j.person_id, j.valid_from from people.posting j where j.agency_id = ${agencyId} and j.person_id in (select owner from r)
		), next as (
			select person_id, valid_from, lead(valid_from) over (partition by person_id order by valid_from) as next_from from starts
		), m as (
			select r.*, coalesce(least(r.said_to, next.next_from), next.next_from) as valid_to,
				min(r.row_number) filter (where not r.wrong) over (partition by r.owner, r.valid_from) as first_row
			from r left join next on next.person_id = r.owner and next.valid_from = r.valid_from
		), c as (
			select m.*, t.id as known, changes.list as changes,
				case
					when m.wrong then m.problems
					when m.owner is null then m.problems || ${oneProblem('nip', sql`m.known_nip`, 'people.import.unknownPerson')}
					when m.first_row < m.row_number then m.problems || ${oneProblem('tmt_jabatan', sql`m.valid_from::text`, 'people.import.rowRepeats', sql`jsonb_build_object('row', m.first_row)`)}
					when t.id is not null and t.valid_to is null and changes.list is not null or m.valid_to is null and t.id is null
						then m.problems || ${oneProblem('tmt_jabatan', sql`m.valid_from::text`, 'people.import.postOfToday', sql`jsonb_build_object('title', coalesce(t.title, m.title))`)}
					when other.id is not null then m.problems || ${oneProblem('tmt_jabatan', sql`m.valid_from::text`, 'people.import.postOverlaps', sql`jsonb_build_object('title', other.title, 'since', other.valid_from::text, 'until', other.valid_to::text)`)}
					else m.problems
				end as all_problems
			from m
			left join people.posting t on t.agency_id = ${agencyId} and t.person_id = m.owner and t.valid_from = m.valid_from and not m.wrong
			left join people.unit tu on tu.agency_id = ${agencyId} and tu.id = t.unit_id
			left join people.posting other on other.agency_id = ${agencyId} and other.person_id = m.owner and not m.wrong
				and other.valid_from < m.valid_from and other.valid_to > m.valid_from
			left join lateral (
				select jsonb_object_agg(f.name, jsonb_build_object('from', f.old, 'to', f.new)) as list
				from (values ('unit', tu.name, m.place_name), ('post_title', t.title, m.title), ('post_level', t.level, m.level)) as f(name, old, new)
				where t.id is not null and f.old is distinct from f.new
			) changes on true
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems, cells)
		select ${agencyId}, ${importId}, row_number,
			case when failed then 'wrong' when known is null then 'new' when changes is null then 'unchanged' else 'changed' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data || jsonb_build_object('person_id', owner, 'unit_id', place, 'valid_to', valid_to) end,
			case when failed then null else changes end, nullif(all_problems, '[]'), cells
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged`.execute(tx);
}

async function applyPosts(tx: Tx, { agencyId, importId }: Applied, progress: Progress): Promise<void> {
	const rows = (
		outcome: 'new' | 'changed'
	) => sql`people.import_row ir cross join lateral jsonb_to_record(ir.data) as ${RECORD}
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = ${sql.lit(outcome)}`;
	await progress(0, 1);
	await sql`update people.import_row ir set before = jsonb_build_object('unit_id', j.unit_id, 'title', j.title, 'kind', j.kind,
			'level', j.level, 'import_id', j.import_id, 'import_row', j.import_row)
		from people.posting j where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'
			and j.agency_id = ${agencyId} and j.id = ir.subject_id`.execute(tx);
	await sql`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from, valid_to, import_id, import_row)
		select ir.agency_id, ir.subject_id, d.person_id, d.unit_id, d.title, d.kind, d.level, d.valid_from, d.valid_to,
			ir.import_id, ir.row_number from ${rows('new')}`.execute(tx);
	await sql`update people.posting j set unit_id = n.unit_id, title = n.title, kind = n.kind, level = n.level,
			import_id = ${importId}, import_row = n.row_number
		from (select ir.subject_id, ir.row_number, d.* from ${rows('changed')}) as n
		where j.agency_id = ${agencyId} and j.id = n.subject_id`.execute(tx);
	await progress(1, 1);
}

async function writtenSince(tx: Tx, { agencyId, importId }: Undone): Promise<number> {
	const { rows } = await sql<{ many: number }>`select count(*)::int as many from people.import_row ir
		left join people.posting j on j.agency_id = ir.agency_id and j.id = ir.subject_id
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('new', 'changed')
			and j.import_id is distinct from ir.import_id`.execute(tx);
	return rows[0]?.many ?? 0;
}

async function undoPosts(tx: Tx, { agencyId, importId }: Undone): Promise<void> {
	await sql`delete from people.posting j using people.import_row ir
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'new'
			and j.agency_id = ${agencyId} and j.id = ir.subject_id`.execute(tx);
	await sql`update people.posting j set unit_id = b.unit_id, title = b.title, kind = b.kind, level = b.level,
			import_id = b.import_id, import_row = b.import_row
		from people.import_row ir, jsonb_to_record(ir.before) as b(unit_id uuid, title text, kind text, level text,
			import_id uuid, import_row integer)
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'
			and j.agency_id = ${agencyId} and j.id = ir.subject_id`.execute(tx);
}
