import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Undone } from './kind.ts';

/**
 * A staff list that tells since when somebody has a grade or kind of employment (TMT) dates the history (people.standing)
 * by it; without the day the history only knows when a file first said so.
 */
export const SINCE = [
	{ name: 'grade_since', value: 'grade', from: ['tmt_golongan'] },
	{ name: 'kind_since', value: 'employment_kind', from: ['tmt_pns', 'tmt_cpns'] }
] as const;

/** Of the person `p`: since when it has what the row `m` says, where that is known. */
export const TOLD_SINCE = sql`select max(s.valid_from) filter (where s.grade = m.grade) as grade_since,
		max(s.valid_from) filter (where s.employment_kind = m.employment_kind) as kind_since
	from people.standing s where s.agency_id = p.agency_id and s.person_id = p.id and not s.seen`;

/** What a row `ir` about `p` touches of its history, for undoing. */
const TOUCHES = sql`ir.changes ?| array['grade', 'grade_since', 'employment_kind', 'kind_since']`;
export const STANDING_BEFORE = sql`case when ${TOUCHES} then (select jsonb_agg(to_jsonb(s) - 'agency_id' - 'person_id')
	from people.standing s where s.agency_id = p.agency_id and s.person_id = p.id) end`;

/**
 * After the triggers wrote what changed as merely seen: the days that the file tells, in place of days on which the same
 * was seen later, and of the day that was told before. `rows`: the rows to be written as `n`, with their `PersonData`.
 */
export async function tellStandings(tx: Tx, agencyId: string, rows: RawBuilder<unknown>): Promise<void> {
	for (const { name, value } of SINCE) {
		const [since, column] = [sql.ref(`n.${name}`), sql.ref(value)];
		const told = sql`told as materialized (
			select n.subject_id as person_id, n.${column} as value, ${since} as since, (n.changes -> ${sql.lit(name)} ->> 'from')::date as was
			from ${rows} where ${since} is not null and n.${column} is not null
				and (n.outcome = 'new' or n.changes ? ${sql.lit(name)})
		)`;
		const other = sql.ref(value === 'grade' ? 's.employment_kind' : 's.grade');
		const stale = sql`s.agency_id = ${agencyId} and s.person_id = told.person_id and s.${column} = told.value and s.valid_from <> told.since
			and (s.valid_from = told.was or (s.seen and s.valid_from > told.since))
			and not exists (select from people.standing o where o.agency_id = s.agency_id and o.person_id = s.person_id
				and o.${column} <> told.value and o.valid_from > told.since and o.valid_from <= s.valid_from)`;
		// One statement, so that the file's rows are read once; each of the three takes other rows than the others.
		await sql`with ${told}, dated as (
				insert into people.standing (agency_id, person_id, valid_from, ${column}, seen)
				select ${agencyId}, person_id, since, value, false from told
				on conflict (agency_id, person_id, valid_from) do update set ${column} = excluded.${column}, seen = false
			), gone as (
				delete from people.standing s using told where ${stale} and ${other} is null
			)
			update people.standing s set ${column} = null from told where ${stale} and ${other} is not null`.execute(tx);
	}
}

const restorable = ({
	agencyId,
	importId
}: Undone) => sql`ir.agency_id = ${agencyId} and ir.import_id = ${importId}
	and ir.outcome = 'changed' and jsonb_typeof(ir.before -> 'standing') = 'array'`;

/** How many people whose history the import touched got a dated entry by other hands since. */
export const standingsSince = (undone: Undone): RawBuilder<unknown> => sql`
	select count(distinct s.person_id)::int from people.import_row ir
	join people.standing s on s.agency_id = ir.agency_id and s.person_id = ir.subject_id and not s.seen
	where ${restorable(undone)} and (s.valid_from in (
		select (b ->> 'valid_from')::date from jsonb_array_elements(ir.before -> 'standing') b
		union all select (ir.changes -> 'grade_since' ->> 'to')::date
		union all select (ir.changes -> 'kind_since' ->> 'to')::date
	)) is not true`;

/** The history as it was before the import, of everybody whose it touched. */
export async function restoreStandings(tx: Tx, undone: Undone): Promise<void> {
	await sql`delete from people.standing s using people.import_row ir
		where ${restorable(undone)} and s.agency_id = ir.agency_id and s.person_id = ir.subject_id`.execute(tx);
	await sql`insert into people.standing (agency_id, person_id, valid_from, grade, employment_kind, seen, reason)
		select ir.agency_id, ir.subject_id, b.valid_from, b.grade, b.employment_kind, b.seen, b.reason
		from people.import_row ir
		cross join lateral jsonb_to_recordset(ir.before -> 'standing') as b(valid_from date, grade text, employment_kind text, seen boolean, reason text)
		where ${restorable(undone)}`.execute(tx);
}
