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
			select c.key, r.person_id, o.competency_id, min(c.starts_on) as starts_on, max(c.ends_on) as ends_on
			from class c
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'passed'
			join (select distinct agency_id, version_id, competency_id from programs.outcome) o on o.agency_id = c.agency_id and o.version_id = c.version_id
			group by c.key, r.person_id, o.competency_id
		), measured as (
			select t.key, t.person_id, t.competency_id,
				(array_agg(g.gap order by n.closes_on desc) filter (where n.closes_on < t.starts_on))[1] as before,
				(array_agg(g.gap order by n.opens_on) filter (where n.opens_on > t.ends_on))[1] as after
			from trained t
			join needs.campaign n on n.agency_id = (select platform.current_agency()) and (n.closes_on < t.starts_on or n.opens_on > t.ends_on)
			join needs.gap g on g.agency_id = n.agency_id and g.campaign_id = n.id and g.person_id = t.person_id
				and g.competency_id = t.competency_id and g.gap is not null
			${scope}
			group by t.key, t.person_id, t.competency_id
		)
		select key::text, count(distinct person_id)::int as people, avg(greatest(before, 0))::float8 as before, avg(greatest(after, 0))::float8 as after,
			(count(*) filter (where before > 0))::int as short, (count(*) filter (where before > 0 and after <= 0))::int as reached
		from measured where before is not null and after is not null group by key`.execute(db);
	return new Map(rows.map(({ key, ...row }) => [key, row]));
}
