import { sql, type RawBuilder } from 'kysely';

/**
 * Largest gap of a person in what class `c` teaches, in levels, from the campaign of its plan line, else from the newest
 * that measured them; null where none was measured.
 */
export const gapTowards = (person: RawBuilder<unknown>): RawBuilder<number | null> => sql`(
	select max(g.gap) from programs.outcome o
	join needs.gap g on g.agency_id = o.agency_id and g.competency_id = o.competency_id and g.person_id = ${person} and g.gap is not null
		and g.campaign_id = coalesce((select l.campaign_id from plans.line l where l.agency_id = c.agency_id and l.id = c.plan_line_id), (
			select n.id from needs.campaign n where n.agency_id = c.agency_id and n.status <> 'draft' order by n.year desc, n.created_at desc limit 1))
	where o.agency_id = c.agency_id and o.version_id = c.version_id)`;

/** Last day of the last class that a person passed; null when they were never sent to one. */
export const lastSent = (person: RawBuilder<unknown>): RawBuilder<string | null> => sql`(
	select max(k.ends_on) from classes.registration e join classes.class k on k.agency_id = e.agency_id and k.id = e.class_id
	where e.agency_id = c.agency_id and e.person_id = ${person} and e.status = 'passed')`;
