import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { statesOf, type Change } from '#slices/competencies/public.server.ts';
import type { RatingSource } from '../../gap.ts';

export type LastLevel = {
	competencyId: string;
	level: number;
	source: RatingSource;
	campaign: string;
	year: number;
};

/** The level that planning goes by in each competency: of the newest campaign that measured it. Asks nobody's permission. */
export async function lastLevels(db: Db, personId: string): Promise<Map<string, LastLevel>> {
	const { rows } = await sql<LastLevel>`
		select distinct on (g.competency_id) g.competency_id as "competencyId", g.actual as level, n.name as campaign, n.year,
			case when g.assessment_level is not null then 'assessment' when g.supervisor_level is not null then 'supervisor' else 'self' end as source
		from needs.gap g
		join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
		where g.agency_id = (select platform.current_agency()) and g.person_id = ${personId} and g.actual is not null
		order by g.competency_id, n.year desc, n.created_at desc`.execute(db);
	return new Map(rows.map((row) => [row.competencyId, row]));
}

export type MovedGaps = {
	/** Person × competency pairs of which another level is asked, and of them those never measured. */
	changed: number;
	unmeasured: number;
	/** Pairs that reach what is asked today and would not reach the new level, and the other way round. */
	opens: number;
	closes: number;
};

/**
 * What a change of standards or of the dictionary does to the gaps as measured last, before it is put in force. No
 * longer asked counts as closed. Asks nobody's permission.
 */
export async function movedGaps(db: Db, change: Change): Promise<MovedGaps> {
	const { before, after } = statesOf(change);
	const { rows } = await sql<MovedGaps>`
		with moved as materialized (
			select coalesce(a.person_id, b.person_id) as person_id, coalesce(a.competency_id, b.competency_id) as competency_id,
				coalesce(b.level, 0) as was, coalesce(a.level, 0) as becomes
			from ${before} b
			full join ${after} a on a.person_id = b.person_id and a.competency_id = b.competency_id
			where coalesce(a.level, 0) <> coalesce(b.level, 0)
		), known as (
			select distinct on (g.person_id, g.competency_id) g.person_id, g.competency_id, g.actual
			from needs.gap g
			join needs.campaign n on n.agency_id = g.agency_id and n.id = g.campaign_id
			where g.agency_id = (select platform.current_agency()) and g.actual is not null
				and (g.person_id, g.competency_id) in (select person_id, competency_id from moved)
			order by g.person_id, g.competency_id, n.year desc, n.created_at desc
		)
		select count(*)::int as changed, (count(*) filter (where k.actual is null))::int as unmeasured,
			(count(*) filter (where k.actual >= m.was and k.actual < m.becomes))::int as opens,
			(count(*) filter (where k.actual < m.was and k.actual >= m.becomes))::int as closes
		from moved m left join known k on k.person_id = m.person_id and k.competency_id = m.competency_id`.execute(
		db
	);
	return rows[0] ?? { changed: 0, unmeasured: 0, opens: 0, closes: 0 };
}
