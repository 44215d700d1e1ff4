import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { inScope } from '#platform/db/scope.ts';
import type { Db } from '#platform/db/db.ts';
import type { Campaign } from '../../model.ts';

export type Asked = {
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	definition: string;
	/** Own answer; null while there is none. */
	level: number | null;
};

/** What the actor is asked about themselves in a campaign, in the dictionary's order; empty when they were not asked. */
export async function askedOf(db: Db, actor: Actor, campaignId: string): Promise<Asked[]> {
	if (actor.personId === null) return [];
	return db
		.selectFrom('needs.gap as g')
		.innerJoin('competencies.competency as c', (join) =>
			join.onRef('c.agency_id', '=', 'g.agency_id').onRef('c.id', '=', 'g.competency_id')
		)
		.select(['g.competency_id as competencyId', 'c.code', 'c.name', 'c.name_en as nameEn', 'c.definition'])
		.select('g.self_level as level')
		.where('g.agency_id', '=', actor.agencyId)
		.where('g.campaign_id', '=', campaignId)
		.where('g.person_id', '=', actor.personId)
		.orderBy('c.sort')
		.execute();
}

export type TeamMember = {
	personId: string;
	name: string;
	postTitle: string;
	unitName: string;
	/** The supervisor's answers so far, in the order of the campaign's competencies; null where there is none. */
	levels: (number | null)[];
	/** In the same order: is it asked of this person at all? Not every post needs every technical competency. */
	asked: boolean[];
};

/**
 * The people whose direct supervisor the actor is, as far as the campaign asked them, with the actor's answers. What
 * people said about themselves is left out: it would pull the answer. Ordered by unit and name.
 */
export async function teamOf(db: Db, actor: Actor, campaign: Campaign, personId: string | null = null) {
	if (actor.personId === null) return [];
	const { rows } = await sql<TeamMember>`
		select s.person_id as "personId", s.name, s.post_title as "postTitle", s.unit_name as "unitName",
			array_agg(g.supervisor_level order by c.sort, c.code) as levels,
			array_agg(g.person_id is not null order by c.sort, c.code) as asked
		from people.unit u
		join people.staff s on s.agency_id = u.agency_id and s.unit_id = u.id
		join needs.target t on t.agency_id = s.agency_id and t.campaign_id = ${campaign.id} and t.person_id = s.person_id
		cross join (${columnsIn(campaign.id)}) c
		left join needs.gap g on g.agency_id = s.agency_id and g.campaign_id = ${campaign.id}
			and g.person_id = s.person_id and g.competency_id = c.id
		where u.agency_id = ${actor.agencyId}
			and (${actor.personId} in (u.leader_person_id, u.upper_person_id, u.head_upper_person_id) or u.id in (
				select j.unit_id from people.person x join people.posting j on j.agency_id = x.agency_id and j.person_id = x.id and j.valid_to is null
				where x.agency_id = ${actor.agencyId} and x.supervisor_person_id = ${actor.personId}))
			and s.supervisor_id = ${actor.personId} and s.person_id != ${actor.personId}
			and (${personId}::uuid is null or s.person_id = ${personId})
			and ${inScope(actor, 'needs.rateTeam', 's.unit_path')}
		group by s.person_id, s.name, s.post_title, s.unit_name, s.unit_path
		order by s.unit_path, s.name`.execute(db);
	return rows;
}

export type TeamColumn = { competencyId: string; code: string; name: string; nameEn: string };

/** The competencies of a campaign, in the order of `TeamMember.levels`. */
export async function columnsOf(db: Db, campaignId: string): Promise<TeamColumn[]> {
	const { rows } = await sql<TeamColumn>`
		select c.id as "competencyId", c.code, c.name, c.name_en as "nameEn"
		from (${columnsIn(campaignId)}) c
		order by c.sort, c.code`.execute(db);
	return rows;
}

/** Some competencies as columns, in the same order: whoever has read a campaign's rows knows which there are. */
export async function columnsAmong(db: Db, competencyIds: readonly string[]): Promise<TeamColumn[]> {
	const { rows } = await sql<TeamColumn>`
		select c.id as "competencyId", c.code, c.name, c.name_en as "nameEn"
		from competencies.competency c
		where c.agency_id = (select platform.current_agency()) and c.id = any(${competencyIds}::uuid[])
		order by c.sort, c.code`.execute(db);
	return rows;
}

const columnsIn = (campaignId: string) => sql`
	select c.id, c.code, c.name, c.name_en, c.sort
	from competencies.competency c
	where c.agency_id = (select platform.current_agency()) and exists (
		select from needs.gap g
		where g.agency_id = c.agency_id and g.campaign_id = ${campaignId} and g.competency_id = c.id
	)`;
