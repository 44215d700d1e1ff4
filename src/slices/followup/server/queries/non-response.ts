import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { Compared, Moments, Trait } from '../../non-response.ts';

/**
 * People who answered beside those who did not, on what is known of all of them: sex, kind of post, kind of unit, and the
 * score before the class. `people` is a query of agency_id, class_id, person_id, post_kind, unit_kind, answered. For `standardisedDifference`.
 */
export async function comparedOf(db: Db, people: RawBuilder<unknown>): Promise<Compared[]> {
	const { rows } = await sql<{
		trait: Exclude<Trait, 'pretest'>;
		answered: number[];
		silent: number[];
		before: Moments;
		others: Moments;
	}>`
		with p as materialized (${people}), a as materialized (
			select p.answered, o.sex, coalesce(p.post_kind, '–') as post_kind, coalesce(p.unit_kind, '–') as unit_kind,
				(select max(t.score * 100 / t.max_score) from learning.attempt t
					where t.agency_id = p.agency_id and t.class_id = p.class_id and t.person_id = p.person_id and t.purpose = 'pretest')::float8 as pretest
			from p
			join people.person o on o.agency_id = p.agency_id and o.id = p.person_id
		), long as (
			select 'sex' as trait, sex as value, answered from a
			union all select 'postKind', post_kind, answered from a
			union all select 'unitKind', unit_kind, answered from a
		), counted as (
			select trait, value, (count(*) filter (where answered))::int as yes, (count(*) filter (where not answered))::int as no
			from long group by trait, value
		)
		select trait, array_agg(yes order by value) as answered, array_agg(no order by value) as silent,
			(select jsonb_build_object('n', count(pretest), 'mean', coalesce(avg(pretest), 0), 'variance', coalesce(var_samp(pretest), 0)) from a where a.answered) as before,
			(select jsonb_build_object('n', count(pretest), 'mean', coalesce(avg(pretest), 0), 'variance', coalesce(var_samp(pretest), 0)) from a where not a.answered) as others
		from counted group by trait order by array_position(array['sex', 'postKind', 'unitKind'], trait)`.execute(db);
	const [first] = rows;
	if (first === undefined) return [];
	return [
		...rows.map(({ trait, answered, silent }): Compared => ({ kind: 'share', trait, answered, silent })),
		{ kind: 'mean', trait: 'pretest', answered: first.before, silent: first.others }
	];
}
