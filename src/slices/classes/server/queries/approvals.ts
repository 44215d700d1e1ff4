import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { decidable, onesTeam } from '../visible.ts';
import { coverageOfSeats } from './seat-coverage.ts';
import { gapTowards, lastSent } from './equity.ts';

type Row = {
	id: string;
	person_id: string;
	name: string;
	post: string | null;
	unit: string | null;
	class_id: string;
	code: string;
	class: string;
	starts_on: string;
	ends_on: string;
	place: string;
	seats: number;
	enrolled: number;
	requested_at: Date;
	note: string;
	/** Waits for the office after the supervisor's yes. */
	for_office: boolean;
	/** The supervisor let the time pass. */
	late: boolean;
	/** Decided in whose place; null for one's own team. */
	instead_of: string | null;
	/** Largest gap in what the class teaches, in levels; null where none was measured. */
	gap: number | null;
	/** End of the last class that they passed; null when they were never sent. */
	last_sent: string | null;
	staff: number;
	away: number;
	away_names: string | null;
	total: number;
};

/**
 * Requests that the actor may decide, oldest first: own team, or with `all` everybody in reach. Each says how many of
 * the same unit sit in a class on a day of this one (`away` of `staff`) and who, and where the unit has counters to
 * keep, how each is covered on every day of the class with and without the person (`coverage`).
 */
export async function requestsToDecide(
	db: Db,
	actor: Actor,
	all: boolean,
	slice: { limit: number; offset: number }
) {
	const reach = all ? decidable(actor) : onesTeam(actor);
	// What a supervisor agreed to and the office still has to.
	const waits = canManage(actor)
		? sql`(r.status = 'approved' or (r.status = 'requested' and ${reach}))`
		: sql`(r.status = 'requested' and ${reach})`;
	const rows = await sql<Row>`
		with asked as (
			select r.id, r.person_id, r.class_id, r.requested_at, r.note, r.status, r.escalated_at, s.supervisor_id, s.name, s.post_title, s.unit_id, s.unit_name,
				count(*) over ()::int as total
			from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
			left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
			where r.agency_id = ${actor.agencyId} and r.status in ('requested', 'approved') and ${waits}
			order by r.requested_at, r.id limit ${slice.limit} offset ${slice.offset}
		)
		select q.id, q.person_id, coalesce(q.name, p.name) as name, q.post_title as post, q.unit_name as unit, q.class_id, c.code, c.name as class,
			c.starts_on, c.ends_on, c.place, c.seats, q.requested_at, q.note, q.total, q.status = 'approved' as for_office, q.escalated_at is not null as late,
			case when q.supervisor_id <> ${actor.personId}::uuid then (select name from people.person where agency_id = c.agency_id and id = q.supervisor_id) end as instead_of,
			${gapTowards(sql`q.person_id`)} as gap, ${lastSent(sql`q.person_id`)} as last_sent,
			(select count(*)::int from classes.registration e where e.agency_id = c.agency_id and e.class_id = c.id and e.status = 'enrolled') as enrolled,
			(select count(*)::int from people.posting j join people.person o on o.agency_id = j.agency_id and o.id = j.person_id and o.active
				where j.agency_id = c.agency_id and j.unit_id = q.unit_id and j.valid_to is null) as staff,
			w.away, w.names as away_names
		from asked q
		join classes.class c on c.agency_id = ${actor.agencyId} and c.id = q.class_id
		join people.person p on p.agency_id = ${actor.agencyId} and p.id = q.person_id
		join platform.agency g on g.agency_id = c.agency_id
		cross join lateral (
			select count(*)::int as away, string_agg(name, ', ' order by name) filter (where place <= 5) as names
			from (
				select distinct o.person_id, n.name, dense_rank() over (order by n.name, o.person_id) as place
				from people.posting o
				join people.person n on n.agency_id = o.agency_id and n.id = o.person_id
				join classes.registration e on e.agency_id = o.agency_id and e.person_id = o.person_id and e.status = 'enrolled'
				join classes.class k on k.agency_id = e.agency_id and k.id = e.class_id and k.status in ('open', 'running')
				join classes.session x on x.agency_id = k.agency_id and x.class_id = k.id and x.cancelled_at is null and x.mode <> 'self_paced'
				join classes.session y on y.agency_id = c.agency_id and y.class_id = c.id and y.cancelled_at is null and y.mode <> 'self_paced'
					and (x.starts_at at time zone g.time_zone)::date = (y.starts_at at time zone g.time_zone)::date
				where o.agency_id = c.agency_id and o.unit_id = q.unit_id and o.valid_to is null and o.person_id <> q.person_id
			) others
		) w
		order by q.requested_at, q.id`.execute(db);
	const coverage = await coverageOfSeats(
		db,
		actor,
		rows.rows.map(({ id, person_id, class_id }) => ({ id, personId: person_id, classId: class_id }))
	);
	return {
		requests: rows.rows.map(({ total: _total, ...row }) => ({
			...row,
			coverage: coverage.get(row.id) ?? []
		})),
		total: rows.rows[0]?.total ?? 0,
		can: { all: canManage(actor) || hasAbility(actor, 'classes.approveTeam') }
	};
}
