import { sql, type RawBuilder } from 'kysely';

/**
 * JP of the sessions that one participant of the class `c` gets: those for everybody, and those of their own coaching
 * pair; `least` and `most` where pairs meet for different lengths. Whoever has no pair yet is reckoned as getting one.
 * To be joined laterally.
 */
export const participantHours: RawBuilder<{ least: number; most: number }> = sql`(
	select shared.jp + coalesce(min(pair.jp), 0) as least, shared.jp + coalesce(max(pair.jp), 0) as most
	from (
		select coalesce(sum(s.learning_hours), 0) as jp from classes.session s
		where s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
			and not exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id)
	) shared
	left join (
		select sum(s.learning_hours) as jp from classes.session s
		join classes.session_member m on m.agency_id = s.agency_id and m.session_id = s.id
		where s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
		group by m.person_id
	) pair on true
	group by shared.jp)`;
