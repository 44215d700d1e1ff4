import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { PERSON_FIELDS, PERSON_RECORD } from './fields.ts';

/** Rows as `checkPeople` left them, in one JSON text: a city's list goes to the database in a single statement. */
export type ComparedRows = { agencyId: string; importId: string; rows: string; columns: ReadonlySet<string> };

/**
 * Compares every row with what is known and writes the dry run, in one statement. A person is recognised by SIASN id,
 * then by NIP. Wrong here: id and NIP belong to two people, two rows to one person, a post older than the history
 * (a person whom no file brought yet has none that counts).
 */
export async function comparePeople(
	tx: Tx,
	{ agencyId, importId, rows, columns }: ComparedRows
): Promise<void> {
	const fields = PERSON_FIELDS.filter(({ from }) => from.some((column) => columns.has(column)));
	const differs = sql.join([
		...fields.map(({ name, value }) =>
			fieldRow(name, sql`p.${sql.ref(name)}`, sql`m.${sql.ref(value ?? name)}`)
		),
		fieldRow('unit', sql`ju.name`, sql`case when ju.id = u.id then ju.name else u.name end`),
		fieldRow('post_title', sql`j.title`, sql`m.post_title`),
		fieldRow('post_level', sql`j.level`, sql`m.post_level`),
		fieldRow('post_since', sql`j.valid_from`, sql`m.post_since`)
	]);
	await sql`
		with r as materialized (
			select r.*, d.* from jsonb_to_recordset(${rows}::jsonb) as r(row_number int, label text, wrong boolean,
				problems jsonb, new_id uuid, known_id text, known_nip text, data jsonb)
			left join lateral jsonb_to_record(r.data) as ${PERSON_RECORD} on true
		), m as materialized (
			select r.*, by_id.id as id_owner, by_nip.id as nip_owner,
				coalesce(by_id.id, by_nip.id) as person_id,
				count(*) filter (where not r.wrong) over (partition by coalesce(by_id.id, by_nip.id)) as claims,
				coalesce(r.external_id, by_id.external_id, by_nip.external_id) as kept_external_id
			from r
			left join people.person by_id on by_id.agency_id = ${agencyId} and by_id.external_id = r.known_id
			left join people.person by_nip on by_nip.agency_id = ${agencyId} and by_nip.nip = r.known_nip
		), c as (
			select m.*, p.id as known, changes.list as changes,
				case
					when m.wrong then m.problems
					when m.id_owner <> m.nip_owner or (m.person_id is not null and m.claims > 1) then m.problems || ${oneProblem('nip_baru', sql`m.nip`, 'people.import.identityConflict', sql`jsonb_build_object('name', p.name)`)}
					when m.post_since < history.until or (m.post_since < j.valid_from and p.import_id is not null
						and (j.unit_id, j.title, j.level) is distinct from (u.id, m.post_title, m.post_level))
						then m.problems || ${oneProblem('tmt_jabatan', sql`m.post_since::text`, 'people.import.olderPost', sql`jsonb_build_object('title', coalesce(j.title, ''), 'since', coalesce(j.valid_from, history.until)::text)`)}
					else m.problems
				end as all_problems
			from m
			left join people.unit u on u.agency_id = ${agencyId} and u.external_id = m.unit and u.valid_to is null
			left join people.person p on p.agency_id = ${agencyId} and p.id = m.person_id
			left join people.posting j on j.agency_id = ${agencyId} and j.person_id = p.id and j.valid_to is null
			left join (
				select e.person_id, max(e.valid_to) as until from people.posting e
				where e.agency_id = ${agencyId} and e.valid_to is not null group by e.person_id
			) history on history.person_id = p.id
			left join people.unit ju on ju.agency_id = ${agencyId} and ju.id = j.unit_id
			left join lateral (
				select jsonb_object_agg(f.name, jsonb_build_object('from', f.old, 'to', f.new)) as list
				from (values ${differs}) as f(name, old, new)
				where p.id is not null and not m.wrong and f.old is distinct from f.new
			) changes on true
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems)
		select ${agencyId}, ${importId}, row_number,
			case when failed then 'wrong' when known is null then 'new' when changes is null then 'unchanged' else 'changed' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data end, case when failed then null else changes end,
			nullif(all_problems, '[]')
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged`.execute(tx);
}

const fieldRow = (name: string, old: RawBuilder<unknown>, value: RawBuilder<unknown>) =>
	sql`(${sql.lit(name)}, (${old})::text, (${value})::text)`;

const oneProblem = (column: string, value: RawBuilder<unknown>, code: string, params: RawBuilder<unknown>) =>
	sql`jsonb_build_array(jsonb_build_object('column', ${sql.lit(column)}, 'value', ${value}, 'code', ${sql.lit(code)}, 'params', ${params}))`;
