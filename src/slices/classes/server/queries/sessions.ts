import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canExcuse, canManage, canMark } from '../../access.ts';
import { facilitatorKind, sessionMode } from '../../model.ts';
import { sessionChange, type SessionFacts } from '../../schedule.ts';
import { leads } from '../visible.ts';

type SessionRow = {
	id: string;
	sort: number;
	topic: string;
	mode: string;
	place: string;
	room_id: string | null;
	room: string | null;
	latitude: number | null;
	longitude: number | null;
	radius_m: number | null;
	meeting_link: string | null;
	guests: string;
	edition: number;
	starts_at: Date;
	ends_at: Date;
	module_id: string | null;
	module: string | null;
	facilitators: { person_id: string; name: string; nip: string | null; kind: string; out: boolean }[];
	members: string[];
	member_nips: string[];
	for_me: boolean;
	learning_hours: number;
	cancelled: boolean;
	room_closed: string | null;
	marked: number;
	there: number;
	my_mark: string | null;
	leads: boolean;
};

/**
 * Sessions of a class that the actor was shown (classById), with place, people and how many were there; the actor's own
 * mark. A meeting link is for those who go there: `attends` (has a seat), teach or run the class.
 */
export async function sessionsOf(db: Db, actor: Actor, classId: string, teaching: boolean, attends = false) {
	const rows = await sql<SessionRow>`
		select s.id, s.sort, s.topic, s.mode, s.place, s.room_id, r.name as room, s.latitude, s.longitude, s.radius_m, s.meeting_link, s.guests,
			s.edition, s.starts_at, s.ends_at, s.module_id, m.name as module, s.learning_hours, s.cancelled_at is not null as cancelled,
			f.facilitators, o.members, o.member_nips, coalesce(o.for_me, true) as for_me, k.reason as room_closed,
			a.marked, a.there, a.my_mark, ${leads(actor)} as leads
		from classes.session s
		join platform.agency g on g.agency_id = s.agency_id
		left join programs.module m on m.agency_id = s.agency_id and m.id = s.module_id
		left join classes.room r on r.agency_id = s.agency_id and r.id = s.room_id
		left join lateral (select c.reason from classes.room_closure c where c.agency_id = s.agency_id and c.room_id = s.room_id
			and c.starts_on <= (s.ends_at at time zone g.time_zone - interval '1 microsecond')::date
			and c.ends_on >= (s.starts_at at time zone g.time_zone)::date order by c.starts_on limit 1) k on true
		cross join lateral (
			select coalesce(jsonb_agg(jsonb_build_object('person_id', x.person_id, 'name', concat_ws(' ', p.front_title, p.name), 'nip', p.nip,
				'kind', x.kind, 'out', x.cancelled_at is not null) order by x.cancelled_at is not null, x.sort, p.name), '[]') as facilitators
			from classes.session_facilitator x join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
			where x.agency_id = s.agency_id and x.session_id = s.id
		) f
		cross join lateral (
			select coalesce(array_agg(p.name order by p.name), '{}') as members, coalesce(array_agg(p.nip order by p.name), '{}') as member_nips,
				bool_or(x.person_id = ${actor.personId}::uuid) as for_me
			from classes.session_member x join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
			where x.agency_id = s.agency_id and x.session_id = s.id
		) o
		cross join lateral (
			select count(*)::int as marked, count(*) filter (where x.status in ('present', 'late'))::int as there,
				max(x.status) filter (where x.person_id = ${actor.personId}::uuid) as my_mark
			from classes.attendance x where x.agency_id = s.agency_id and x.session_id = s.id
		) a
		where s.agency_id = ${actor.agencyId} and s.class_id = ${classId}
		order by s.starts_at, s.sort limit 200`.execute(db);
	const manages = canManage(actor);
	return rows.rows.map(({ leads: own, member_nips, for_me, ...row }) => ({
		...row,
		mode: sessionMode(row.mode),
		facilitators: row.facilitators.map(({ nip, ...one }) => ({
			...one,
			kind: facilitatorKind(one.kind),
			// Only who may change the session needs the number by which the facilitator is entered.
			nip: manages ? nip : null,
			can: { excuse: !one.out && canExcuse(actor, one.person_id) }
		})),
		memberNips: manages ? member_nips : [],
		// Who is coached by whom is theirs and the office's.
		/** The actor has a seat at it. */
		mine: attends && for_me,
		members: manages || teaching || for_me ? row.members : [],
		forSome: row.members.length > 0,
		meeting_link: manages || teaching || (attends && for_me) ? row.meeting_link : null,
		can: { mark: canMark(actor, { facilitatorId: own ? actor.personId : null, teachesClass: teaching }) }
	}));
}

export type ChangeRow = {
	id: string;
	session_id: string;
	topic: string;
	at: Date;
	note: string;
	before: SessionFacts;
	after: SessionFacts;
};

/**
 * What changed of this class in the last weeks, latest first: to the office everything, to others what concerned them.
 */
export async function changesOf(db: Db, actor: Actor, classId: string, since: Date) {
	const rows = await sql<ChangeRow & { what: string[] }>`
		select h.id, h.session_id, s.topic, h.what, h.at, h.note, h.before, h.after
		from classes.session s
		join classes.session_change h on h.agency_id = s.agency_id and h.session_id = s.id and h.at >= ${since}
		where s.agency_id = ${actor.agencyId} and s.class_id = ${classId}
			and (${canManage(actor)}::boolean or exists (select from classes.session_change_person x where x.agency_id = h.agency_id
				and x.change_id = h.id and x.person_id = ${actor.personId}::uuid))
		order by h.at desc limit 10`.execute(db);
	return rows.rows.map((row) => ({
		...row,
		what: row.what.map(sessionChange).filter((one) => one !== null)
	}));
}
