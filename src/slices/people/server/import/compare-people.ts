import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { ComparedRows } from './kind.ts';
import { PERSON_FIELDS, PERSON_RECORD } from './fields.ts';
import { keepsCorrection, keptProblem, STANDING_CORRECTIONS } from './kept-corrections.ts';
import { oneProblem } from './problem-sql.ts';
import { SINCE, TOLD_SINCE } from './told-standings.ts';

/**
 * Compares every row with what is known and writes the dry run, in one statement. A person is recognised by SIASN id,
 * then by NIP. Wrong here: id and NIP belong to two people, two rows to one person, a post older than the history
 * (a person whom no file brought yet has none that counts). What a verifier put right stays, with a warning, while the
 * file says no more than it said before (kept-corrections.ts).
 */
export async function comparePeople(tx: Tx, { agencyId, importId, columns }: ComparedRows): Promise<void> {
	const fields = PERSON_FIELDS.filter(({ from }) => from.some((column) => columns.has(column)));
	const differs = sql.join([
		...fields.map(({ name, value }) =>
			fieldRow(name, sql`p.${sql.ref(name)}`, value ?? sql`m.${sql.ref(name)}`)
		),
		...SINCE.filter(({ from }) => from.some((column) => columns.has(column))).map(({ name, value }) =>
			fieldRow(
				name,
				sql`told.${sql.ref(name)}`,
				// A day of what is corrected is the day of something else.
				sql`case when m.${sql.ref(value)} is null or stands.fields ? ${sql.lit(value)} then told.${sql.ref(name)} else coalesce(m.${sql.ref(name)}, told.${sql.ref(name)}) end`
			)
		),
		fieldRow('unit', sql`ju.name`, sql`case when ju.id = u.id then ju.name else u.name end`),
		fieldRow('post_title', sql`j.title`, sql`m.post_title`),
		fieldRow('post_level', sql`j.level`, sql`m.post_level`),
		fieldRow('post_since', sql`j.valid_from`, sql`m.post_since`)
	]);
	await sql`
		with r as materialized (
			select r.*, d.* from pg_temp.checked_row r
			left join lateral jsonb_to_record(r.data) as ${PERSON_RECORD} on true
		), m as materialized (
			select r.*, by_id.id as id_owner, by_nip.id as nip_owner,
				coalesce(by_id.id, by_nip.id) as person_id,
				count(*) filter (where not r.wrong) over (partition by coalesce(by_id.id, by_nip.id)) as claims,
				coalesce(r.external_id, by_id.external_id, by_nip.external_id) as kept_external_id
			from r
			left join people.person by_id on by_id.agency_id = ${agencyId} and by_id.external_id = r.known_id
			left join people.person by_nip on by_nip.agency_id = ${agencyId} and by_nip.nip = r.known_nip
		), stands as materialized (${STANDING_CORRECTIONS(agencyId)}
		), c as (
			select m.*, p.id as known, unread.values as unread_values, changes.list as changes, changes.kept as kept_values, changes.notes, kept.name as kept_name, kept.front_title as kept_front, kept.back_title as kept_back,
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
			left join lateral (${keptTitles(columns)}) kept on true
			left join people.posting j on j.agency_id = ${agencyId} and j.person_id = p.id and j.valid_to is null
			left join (
				select e.person_id, max(e.valid_to) as until from people.posting e
				where e.agency_id = ${agencyId} and e.valid_to is not null group by e.person_id
			) history on history.person_id = p.id
			left join people.unit ju on ju.agency_id = ${agencyId} and ju.id = j.unit_id
			left join stands on stands.person_id = p.id
			left join lateral (${TOLD_SINCE}) told on true
			left join lateral (
				select jsonb_object_agg(field, to_jsonb(p) -> field) as values from jsonb_array_elements_text(m.unread) as field where p.id is not null
			) unread on true
			left join lateral (
				select jsonb_object_agg(f.name, jsonb_build_object('from', f.old, 'to', f.new)) filter (where not k.keeps) as list,
					jsonb_object_agg(f.name, f.old) filter (where k.keeps) as kept,
					jsonb_agg(${keptProblem(columns)}) filter (where k.keeps) as notes
				from (values ${differs}) as f(name, old, new)
				cross join lateral (select coalesce(${keepsCorrection(sql`stands.fields`, sql`m.post_since is distinct from j.valid_from`)}, false) as keeps) k
				where p.id is not null and not m.wrong and f.old is distinct from f.new
			) changes on true
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems, cells)
		select ${agencyId}, ${importId}, row_number,
			case when failed then 'wrong' when known is null then 'new' when changes is null then 'unchanged' else 'changed' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data || jsonb_build_object('external_id', kept_external_id, 'name', kept_name,
				'front_title', kept_front, 'back_title', kept_back) || coalesce(unread_values, '{}') || coalesce(kept_values, '{}') end, case when failed then null else changes end,
			nullif(case when failed then all_problems else all_problems || coalesce(notes, '[]') end, '[]'), cells
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged`.execute(tx);
}

const fieldRow = (name: string, old: RawBuilder<unknown>, value: RawBuilder<unknown>) =>
	sql`(${sql.lit(name)}, (${old})::text, (${value})::text)`;

/**
 * The name and titles as they will stand. A file in capitals says nothing of small letters, so a name that differs in
 * nothing else stays as it is; titles that a file has no column for stay too, unless its names bring others.
 */
function keptTitles(columns: ReadonlySet<string>) {
	const title = (name: string, column: string) => {
		const [known, given] = [sql`p.${sql.ref(name)}`, sql`m.${sql.ref(name)}`];
		if (columns.has(column)) return given;
		return sql`case when ${given} is null or ${letters(given)} = ${letters(known)} then ${known} else ${given} end`;
	};
	return sql`select case when m.shouted and lower(p.name) = lower(m.name) and p.name <> upper(p.name) then p.name else m.name end as name,
		${title('front_title', 'gelar_depan')} as front_title, ${title('back_title', 'gelar_belakang')} as back_title`;
}

const letters = (text: RawBuilder<unknown>) => sql`regexp_replace(lower(${text}), '[^a-z]', '', 'g')`;
