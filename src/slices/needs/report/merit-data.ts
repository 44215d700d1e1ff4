import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type StandardRow = {
	postLevel: string;
	staff: number;
	competencies: number;
	bases: string;
	from: string | null;
};
export type MeasuredRow = { postLevel: string; staff: number; asked: number; measured: number };

/** a4q1: for each level of posts of civil servants, who holds it, what is required of it, by which decree and from when. */
export async function standardsByLevel(db: Db, today: string): Promise<StandardRow[]> {
	const { rows } = await sql<StandardRow>`
		with asked as (
			select post_level, count(distinct competency_id)::int as competencies from competencies.required_on(${today}::date) group by post_level
		), basis as (
			select post_level, string_agg(distinct legal_basis, '; ') as bases, min(valid_from) as "from" from competencies.required_level
			where agency_id = (select platform.current_agency()) and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
			group by post_level
		)
		select s.post_level as "postLevel", count(*)::int as staff, coalesce(max(a.competencies), 0) as competencies,
			coalesce(max(b.bases), '') as bases, min(b."from") as "from"
		from people.staff s
		left join asked a on a.post_level = s.post_level
		left join basis b on b.post_level = s.post_level
		where s.agency_id = (select platform.current_agency()) and s.employment_kind <> 'OFFICIAL'
		group by s.post_level order by s.post_level`.execute(db);
	return rows;
}

/** a4q2: for each level of posts, who was asked and measured in a campaign. */
export async function measuredByLevel(db: Db, campaignId: string): Promise<MeasuredRow[]> {
	const { rows } = await sql<MeasuredRow>`
		with person as (
			select s.person_id from needs.standing(${campaignId}) s where s.measured group by s.person_id
		)
		select s.post_level as "postLevel", count(*)::int as staff, count(t.person_id)::int as asked, count(p.person_id)::int as measured
		from people.staff s
		left join needs.target t on t.agency_id = s.agency_id and t.campaign_id = ${campaignId} and t.person_id = s.person_id
		left join person p on p.person_id = s.person_id
		where s.agency_id = (select platform.current_agency()) and s.employment_kind <> 'OFFICIAL'
		group by s.post_level order by s.post_level`.execute(db);
	return rows;
}
