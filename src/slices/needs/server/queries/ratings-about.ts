import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type RatingAbout = {
	campaign: string;
	year: number;
	competency: string;
	source: string;
	required: number;
	level: number;
	ratedAt: Date;
};

/**
 * What was said of one person's competencies by themselves, their supervisor and an assessment centre, for their own copy
 * (UU 27/2022 Ps 7). Answers that were promised to be told as a group only are not among them. Asks nobody's permission.
 */
export async function ratingsAbout(db: Db, personId: string): Promise<RatingAbout[]> {
	const { rows } = await sql<RatingAbout>`
		select n.name as campaign, n.year, c.name as competency, r.source, g.required::int as required, r.level::int as level, r.rated_at as "ratedAt"
		from needs.campaign n
		join needs.gap g on g.agency_id = n.agency_id and g.campaign_id = n.id and g.person_id = ${personId}
		join needs.rating r on r.agency_id = g.agency_id and r.campaign_id = g.campaign_id and r.person_id = g.person_id
			and r.competency_id = g.competency_id and r.source in ('self', 'supervisor', 'assessment')
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		where n.agency_id = (select platform.current_agency())
		order by n.year, n.created_at, c.sort, r.source`.execute(db);
	return rows;
}
