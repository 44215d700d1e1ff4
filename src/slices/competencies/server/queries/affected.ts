import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/db/db.ts';

/** What would come into force, or the second of two days; nothing else tells two states of the ruleset apart. */
export type Change =
	| { kind: 'standard'; on: string; standardId: string }
	| { kind: 'dictionary'; on: string; dictionaryId: string }
	| { kind: 'days'; from: string; to: string };

/**
 * The two states of a change as `competencies.required_for` tells them. Rooms to the right join the same to count what
 * it means for them.
 */
export function statesOf(change: Change): { before: RawBuilder<unknown>; after: RawBuilder<unknown> } {
	if (change.kind === 'days')
		return {
			before: sql`competencies.required_for(${change.from}::date)`,
			after: sql`competencies.required_for(${change.to}::date)`
		};
	const standard = change.kind === 'standard' ? change.standardId : null;
	const dictionary = change.kind === 'dictionary' ? change.dictionaryId : null;
	return {
		before: sql`competencies.required_for(${change.on}::date)`,
		after: sql`competencies.required_for(${change.on}::date, ${standard}::uuid, ${dictionary}::uuid)`
	};
}

export type AffectedGroup = { id: string; name: string; higher: number; lower: number; people: number };
export type Affected = {
	/** People of whom more is asked in at least one competency, less in at least one, and either. */
	higher: number;
	lower: number;
	people: number;
	/** Every civil servant who works here. */
	staff: number;
	units: AffectedGroup[];
	posts: AffectedGroup[];
	competencies: AffectedGroup[];
};

/**
 * Who is affected by a change of standards or of the dictionary: counts by office (the unit right below the top), by
 * post and by competency, the most affected first. Of today's staff. What is asked newly counts as higher, what is no
 * longer asked as lower. Asks nobody's permission. Numbered, the functions keep their own estimate of their rows: merged
 * into the query they are taken for two, and changed rows are compared with people one by one, for minutes.
 */
export async function affectedBy(db: Db, change: Change): Promise<Affected> {
	const { before, after } = statesOf(change);
	const { rows } = await sql<AffectedGroup & { grouping: string; staff: number }>`
		with moved as materialized (
			select coalesce(a.person_id, b.person_id) as person_id, coalesce(a.competency_id, b.competency_id) as competency_id,
				coalesce(a.level, 0) > coalesce(b.level, 0) as higher
			from ${before} with ordinality b
			full join ${after} with ordinality a on a.person_id = b.person_id and a.competency_id = b.competency_id
			where coalesce(a.level, 0) <> coalesce(b.level, 0)
		), place as materialized (
			select s.person_id, s.post_title, coalesce(top.id, u.id) as unit_id, coalesce(top.name, u.name) as unit_name
			from people.staff s
			join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
			left join people.unit top on top.agency_id = u.agency_id and nlevel(u.path) >= 2 and top.path = subpath(u.path, 0, 2)
			where s.agency_id = (select platform.current_agency()) and s.person_id in (select person_id from moved)
		)
		select case when grouping(p.unit_id) = 0 then 'unit' when grouping(p.post_title) = 0 then 'post'
				when grouping(m.competency_id) = 0 then 'competency' else 'all' end as grouping,
			coalesce(p.unit_id::text, p.post_title, m.competency_id::text, '') as id,
			coalesce(p.unit_name, p.post_title, (select c.code || ' ' || c.name from competencies.competency c
				where c.agency_id = (select platform.current_agency()) and c.id = m.competency_id), '') as name,
			(count(distinct m.person_id) filter (where m.higher))::int as higher,
			(count(distinct m.person_id) filter (where not m.higher))::int as lower,
			count(distinct m.person_id)::int as people,
			(select count(*)::int from people.staff s where s.agency_id = (select platform.current_agency()) and s.employment_kind <> 'OFFICIAL') as staff
		from moved m join place p on p.person_id = m.person_id
		group by grouping sets ((p.unit_id, p.unit_name), (p.post_title), (m.competency_id), ())
		order by people desc, name`.execute(db);
	const all = rows.find(({ grouping }) => grouping === 'all');
	const groups = (grouping: string): AffectedGroup[] =>
		rows
			.filter((row) => row.grouping === grouping)
			.map(({ id, name, higher, lower, people }) => ({ id, name, higher, lower, people }));
	return {
		higher: all?.higher ?? 0,
		lower: all?.lower ?? 0,
		people: all?.people ?? 0,
		staff: all?.staff ?? 0,
		units: groups('unit'),
		posts: groups('post'),
		competencies: groups('competency')
	};
}
