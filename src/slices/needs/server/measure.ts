import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Rater } from '../instrument.ts';
import { inTarget, scopeOf } from './target.ts';

/**
 * Puts everybody of the campaign's target, of whose post something is asked, into it, with one row per competency
 * that is asked of this very post; who is in already stays as they are. Returns how many people were added. 14,351 people and
 * 129,159 rows in one statement each.
 */
export async function askStaff(tx: Tx, campaignId: string, on: string): Promise<number> {
	const scope = await scopeOf(tx, campaignId);
	// One statement, the gaps from the very rows that were added: looking up who has gaps already would walk over the
	// rows that this statement is writing, 129,159 times, whenever the planner believes the tables to be empty.
	const added = await sql<{ people: number }>`
		with asked as materialized (
			select person_id, competency_id, level from competencies.required_for(${on}::date)
		), added as (
			insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level)
			select s.agency_id, ${campaignId}, s.person_id, s.unit_id, s.post_level
			from people.staff s
			where s.agency_id = (select platform.current_agency())
				and s.person_id in (select person_id from asked) and ${inTarget(scope)}
			order by s.person_id
			on conflict (agency_id, campaign_id, person_id) do nothing
			returning agency_id, campaign_id, person_id, unit_id, post_level
		), measured as (
			insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required)
			select t.agency_id, t.campaign_id, t.person_id, r.competency_id, t.unit_id, r.level
			from added t
			join asked r on r.person_id = t.person_id
			order by t.person_id, r.competency_id
		)
		select count(*)::int as people from added`.execute(tx);
	return added.rows[0]?.people ?? 0;
}

/** Levels that were given, column by column: the i-th of each list belongs together. */
export type Ratings = {
	sources: readonly Rater[];
	people: readonly string[];
	competencies: readonly string[];
	levels: readonly number[];
	raters: readonly string[];
	at: readonly Date[];
};

/**
 * The only writer of ratings: keeps each (a later one of the same rater replaces it) and carries what people said of
 * themselves and supervisors of them into the gap, in one statement however many there are. Ratings by peers and
 * subordinates are only shown as a group and carried nowhere. Who was never asked fails on the key. Returns how many were kept.
 */
export async function writeRatings(tx: Tx, campaignId: string, ratings: Ratings): Promise<number> {
	const written = await sql<{ kept: number }>`
		with kept as (
			insert into needs.rating (agency_id, campaign_id, person_id, competency_id, source, rater_id, level, rated_at)
			select (select platform.current_agency()), ${campaignId}, a.person_id, a.competency_id, a.source, a.rater_id, a.level, a.at
			from unnest(${ratings.people}::uuid[], ${ratings.competencies}::uuid[], ${ratings.sources}::text[], ${ratings.raters}::uuid[],
				${ratings.levels}::smallint[], ${ratings.at}::timestamptz[]) as a (person_id, competency_id, source, rater_id, level, at)
			on conflict (agency_id, campaign_id, person_id, competency_id, source, rater_key)
				do update set level = excluded.level, rated_at = excluded.rated_at
			returning person_id, competency_id, source, level
		), said as (
			select person_id, competency_id, max(level) filter (where source = 'self') as self_level,
				max(level) filter (where source = 'supervisor') as supervisor_level
			from kept where source in ('self', 'supervisor') group by person_id, competency_id
		), carried as (
			update needs.gap g set self_level = coalesce(said.self_level, g.self_level),
				supervisor_level = coalesce(said.supervisor_level, g.supervisor_level)
			from said
			where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
				and g.person_id = said.person_id and g.competency_id = said.competency_id
		)
		select count(*)::int as kept from kept`.execute(tx);
	return written.rows[0]?.kept ?? 0;
}
