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
	'classes.roomClosed': sql`
		select h.id as event_id, o.person_id, 'roomClosed' as kind, k.id as about_id,
			jsonb_build_object('room', k.name, 'from', to_char(z.starts_on, 'YYYY-MM-DD'), 'to', to_char(z.ends_on, 'YYYY-MM-DD'), 'count', n.booked) as facts,
			'/classes/rooms/' || k.id as href, (z.ends_on + 1)::timestamp at time zone a.time_zone as good_until
		from heard h
		join classes.room_closure z on z.agency_id = ${HERE} and z.id = (h.payload->>'closureId')::uuid
		join classes.room k on k.agency_id = z.agency_id and k.id = z.room_id
		join platform.agency a on a.agency_id = z.agency_id
		cross join lateral (
			select count(*)::int as booked from classes.session s
			where s.agency_id = z.agency_id and s.room_id = z.room_id and s.cancelled_at is null and s.mode <> 'self_paced' and s.ends_at > h.at
				and (s.starts_at at time zone a.time_zone)::date <= z.ends_on and (s.ends_at at time zone a.time_zone)::date >= z.starts_on
		) n
		cross join (${holders('classes.manage')}) o`,
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
