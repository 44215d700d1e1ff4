import { sql } from 'kysely';
import { civil } from '#platform/db/civil.ts';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';

const HERE = sql`(select platform.current_agency())`;

/** Whom it concerns that a session changed, a room closed, or a mark on a sheet was asked about. */
export const sessionNotices = (holders: Holders): NoticeSources => ({
	// classes.session_change_person names those concerned when it happened, and nobody else is told; that somebody has to
	// be found to teach is the office's as well.
	'classes.sessionChanged': sql`
		select h.id as event_id, x.person_id, x.kind, s.id as about_id,
			jsonb_build_object('class', c.name, 'topic', v.after->>'topic', 'at', ${civil(sql`(v.after->>'startsAt')::timestamptz`)},
				'was', ${civil(sql`(v.before->>'startsAt')::timestamptz`)}, 'what', to_jsonb(v.what),
				'place', coalesce(v.after->>'room', nullif(v.after->>'place', ''), '–')) as facts,
			case when x.kind = 'substituteWanted' then '/classes/' || c.id || '/sessions/' || s.id else '/classes/' || c.id end as href,
			greatest((v.after->>'startsAt')::timestamptz, (v.before->>'startsAt')::timestamptz) as good_until
		from heard h
		join classes.session_change v on v.agency_id = ${HERE} and v.id = (h.payload->>'changeId')::uuid
		join classes.session s on s.agency_id = v.agency_id and s.id = v.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join platform.agency a on a.agency_id = c.agency_id
		cross join lateral (
			select p.id as person_id, case
				when 'cancelled' = any(v.what) then 'sessionCancelled'
				when f.person_id is not null and ('added' = any(v.what) or 'facilitator' = any(v.what) and not (v.before->'facilitators' ? p.name))
					then 'teachingGiven'
				when f.person_id is null and 'facilitator' = any(v.what) and v.before->'facilitators' ? p.name and not v.after->'facilitators' ? p.name
					then 'teachingTaken'
				else 'sessionChanged' end as kind
			from classes.session_change_person o
			join people.person p on p.agency_id = o.agency_id and p.id = o.person_id
			left join classes.session_facilitator f on f.agency_id = o.agency_id and f.session_id = s.id and f.person_id = o.person_id and f.cancelled_at is null
			where o.agency_id = v.agency_id and o.change_id = v.id
			union all
			select o.person_id, 'substituteWanted' from (${holders('classes.manage')}) o where 'facilitatorOut' = any(v.what)
		) x`,
	// The office is told of the room, and who answers for a class in it of their own sessions instead.
	'classes.roomClosed': sql`
		with closed as (
			select h.id as event_id, k.id as room_id, z.agency_id, k.name as room, z.starts_on, z.ends_on,
				(z.ends_on + 1)::timestamp at time zone a.time_zone as good_until, h.at, a.time_zone
			from heard h
			join classes.room_closure z on z.agency_id = ${HERE} and z.id = (h.payload->>'closureId')::uuid
			join classes.room k on k.agency_id = z.agency_id and k.id = z.room_id
			join platform.agency a on a.agency_id = z.agency_id
		), booked as (
			select d.event_id, c.owner_id, c.id as class_id, c.code from closed d
			join classes.session s on s.agency_id = d.agency_id and s.room_id = d.room_id and s.cancelled_at is null and s.mode <> 'self_paced' and s.ends_at > d.at
				and (s.starts_at at time zone d.time_zone)::date <= d.ends_on and (s.ends_at at time zone d.time_zone)::date >= d.starts_on
			join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		), told as (
			select d.event_id, o.person_id, 'roomClosed' as kind, (select count(*) from booked b where b.event_id = d.event_id) as count, null::text as class
			from closed d cross join (${holders('classes.manage')}) o
			where not exists (select from booked b where b.event_id = d.event_id and b.owner_id = o.person_id)
			union all
			select b.event_id, b.owner_id, 'ownRoomClosed', count(*), string_agg(distinct b.code, ', ' order by b.code)
			from booked b where b.owner_id is not null group by b.event_id, b.owner_id
		)
		select d.event_id, t.person_id, t.kind, d.room_id as about_id,
			jsonb_strip_nulls(jsonb_build_object('room', d.room, 'from', to_char(d.starts_on, 'YYYY-MM-DD'), 'to', to_char(d.ends_on, 'YYYY-MM-DD'),
				'count', t.count, 'class', t.class)) as facts,
			'/classes/rooms/' || d.room_id as href, d.good_until
		from told t join closed d on d.event_id = t.event_id`,
	// Who answered for a class and who does now, but for whoever made it so.
	'classes.handedOver': sql`
		select h.id as event_id, x.person_id, x.kind, c.id as about_id,
			jsonb_build_object('class', c.name, 'from', to_char(c.starts_on, 'YYYY-MM-DD'), 'to', to_char(c.ends_on, 'YYYY-MM-DD'),
				'name', coalesce(n.name, '–')) as facts,
			'/classes/' || c.id as href, null::timestamptz as good_until
		from heard h
		join classes.class c on c.agency_id = ${HERE} and c.id = (h.payload->>'classId')::uuid
		left join people.person n on n.agency_id = c.agency_id and n.id = (h.payload->>'answersId')::uuid
		cross join lateral (values ((h.payload->>'answersId')::uuid, 'classGiven'), ((h.payload->>'answeredId')::uuid, 'classTaken')) as x(person_id, kind)
		where x.person_id is not null and x.person_id is distinct from (h.payload->>'handedBy')::uuid`,
	// Whoever teaches the session decides; the office where nobody does.
	'classes.markAsked': sql`
		select h.id as event_id, x.person_id, 'markAsked' as kind, q.id as about_id,
			jsonb_build_object('name', p.name, 'class', c.name, 'topic', s.topic) as facts,
			'/classes/' || c.id || '/attendance/' || s.id as href, null::timestamptz as good_until
		from heard h
		join classes.attendance_request q on q.agency_id = ${HERE} and q.id = (h.payload->>'requestId')::uuid and q.status = 'asked'
		join classes.session s on s.agency_id = q.agency_id and s.id = q.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join people.person p on p.agency_id = q.agency_id and p.id = q.person_id
		cross join lateral (
			with teaches as (
				select f.person_id from classes.session_facilitator f
				where f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null
					and f.person_id is distinct from q.asked_by and f.person_id <> q.person_id
			)
			select person_id from teaches
			union
			select o.person_id from (${holders('classes.manage')}) o where not exists (select from teaches) and o.person_id <> q.person_id
		) x`,
	'classes.markDecided': sql`
		select h.id as event_id, x.person_id, case q.status when 'accepted' then 'markAccepted' else 'markDeclined' end as kind, q.id as about_id,
			jsonb_build_object('name', p.name, 'class', c.name, 'topic', s.topic) as facts, '/classes/' || c.id as href, null::timestamptz as good_until
		from heard h
		join classes.attendance_request q on q.agency_id = ${HERE} and q.id = (h.payload->>'requestId')::uuid and q.status in ('accepted', 'declined')
		join classes.session s on s.agency_id = q.agency_id and s.id = q.session_id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		join people.person p on p.agency_id = q.agency_id and p.id = q.person_id
		cross join lateral (select q.person_id union select q.asked_by where q.asked_by is not null) x
		where x.person_id is distinct from q.decided_by`
});
