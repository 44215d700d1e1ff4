import { sql, type RawBuilder } from 'kysely';
import { mayEverywhere, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import type { Remeasured } from '../levels.ts';

/**
 * Gaps of those who passed, in the competencies that their curriculum teaches: as last measured before the class and as
 * first measured after it, by a key of the classes. `classes` gives agency_id, id, key, version_id, starts_on, ends_on.
 * In the actor's scope of needs; an empty map for whoever reads none.
 */
export async function remeasured(
	db: Db,
	actor: Actor,
	classes: RawBuilder<unknown>
): Promise<Map<string, Remeasured>> {
	const scope = mayEverywhere(actor, 'needs.read')
		? sql``
		: sql`join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id and ${inScope(actor, 'needs.read', 'u.path')}`;
	const { rows } = await sql<Remeasured & { key: string }>`
		with class as materialized (${classes}), trained as materialized (
			-- Whoever was taught twice counts from before the first class to after the last.
			-- A place for each instead of two ids to sort by; in the order in which their gaps lie.
			select row_number() over () as place, c.key, r.person_id, min(c.starts_on) as starts_on, max(c.ends_on) as ends_on, array_agg(c.version_id) as versions
			from class c
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'passed'
			group by c.key, r.person_id order by r.person_id
		), taught as materialized (
			select versions, array(select distinct o.competency_id from programs.outcome o
				where o.agency_id = (select platform.current_agency()) and o.version_id = any(versions)) as competencies
			from trained group by versions
		), measured as (
			select t.place, t.key, g.competency_id,
				-- Day and gap in one number, whose largest or smallest is the day wanted: lists of thousands would be sorted.
				(max((n.closes_on - date '2000-01-01') * 16 + g.gap + 8) filter (where n.closes_on < t.starts_on)) % 16 - 8 as before,
				(min((n.opens_on - date '2000-01-01') * 16 + g.gap + 8) filter (where n.opens_on > t.ends_on)) % 16 - 8 as after
			from trained t
			join taught o on o.versions = t.versions
			join needs.campaign n on n.agency_id = (select platform.current_agency()) and (n.closes_on < t.starts_on or n.opens_on > t.ends_on)
			-- Fenced: all of somebody's gaps in a campaign lie beside each other in the index; joined freely, whole campaigns are read.
			cross join lateral (
				select g.competency_id, g.gap from needs.gap g ${scope}
				where g.agency_id = n.agency_id and g.campaign_id = n.id and g.person_id = t.person_id
					and g.competency_id = any(o.competencies) and g.gap is not null offset 0
			) g
			group by t.place, t.key, g.competency_id
		)
		select key::text, count(distinct place)::int as people, avg(greatest(before, 0))::float8 as before, avg(greatest(after, 0))::float8 as after,
			(count(*) filter (where before > 0))::int as short, (count(*) filter (where before > 0 and after <= 0))::int as reached
		from measured where before is not null and after is not null group by key`.execute(db);
	return new Map(rows.map(({ key, ...row }) => [key, row]));
}
