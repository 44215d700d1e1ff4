import { sql, type RawBuilder } from 'kysely';
import { civil } from '#platform/db/civil.ts';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';

/** The class `c` of an event `h`, and its agency `a`. */
const CLASS = sql`heard h
	join classes.class c on c.agency_id = (select platform.current_agency()) and c.id = (h.payload->>'classId')::uuid
	join platform.agency a on a.agency_id = c.agency_id`;
const WHO = sql`(h.payload->>'personId')::uuid`;
/** And the registration `r` of its person. */
const SEAT = sql`${CLASS} join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.person_id = ${WHO}`;

const FACTS = sql`jsonb_build_object('class', c.name, 'from', to_char(c.starts_on, 'YYYY-MM-DD'), 'to', to_char(c.ends_on, 'YYYY-MM-DD'))`;
const PAGE = sql`'/classes/' || c.id`;
const OVER = sql`(c.ends_on + 1)::timestamp at time zone a.time_zone`;
const BEGINS = sql`c.starts_on::timestamp at time zone a.time_zone`;

type Row = {
	kind: RawBuilder<unknown> | string;
	to?: RawBuilder<unknown>;
	facts?: RawBuilder<unknown>;
	href?: RawBuilder<unknown>;
	until?: RawBuilder<unknown>;
};
const row = ({ kind, to = WHO, facts = FACTS, href = PAGE, until = sql`null::timestamptz` }: Row) => sql`
	h.id as event_id, ${to} as person_id, ${typeof kind === 'string' ? sql`${kind}::text` : kind} as kind, c.id as about_id,
	${facts} as facts, ${href} as href, ${until} as good_until`;

/** Who decides in a supervisor's place today: the supervisor, and whoever stands in for them. */
const decidesFor = (supervisor: RawBuilder<unknown>) => sql`(
	select ${supervisor} as person_id where ${supervisor} is not null
	union
	select d.deputy_id from classes.deputy d
	where d.agency_id = c.agency_id and d.supervisor_id = ${supervisor} and d.ended_at is null
		and (h.at at time zone a.time_zone)::date between d.valid_from and d.valid_to)`;

const APPROVALS = sql`'/classes/approvals'::text`;
const ASKED = sql`${FACTS} || jsonb_build_object('name', p.name)`;
const ASKER = sql`join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
	left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id`;

/** Whom it concerns that a seat was asked for, given, offered, refused or taken away. */
export const seatNotices = (holders: Holders): NoticeSources => ({
	// A seat that nobody decided about, got later than it was asked for, came from the waiting list.
	'classes.enrolled': sql`select ${row({
		kind: sql`case when r.decided_by is null and r.decided_at > r.requested_at + interval '1 second' and c.answer_hours is null
			then 'promoted' else 'enrolled' end`,
		until: OVER
	})} from ${SEAT} where r.status in ('enrolled', 'passed', 'failed')`,
	'classes.queued': sql`select ${row({ kind: 'queued', until: BEGINS })} from ${SEAT} where r.status = 'waiting'`,
	'classes.offered': sql`select ${row({
		kind: 'offered',
		facts: sql`${FACTS} || jsonb_build_object('until', ${civil(sql`r.answer_by`)})`,
		until: sql`r.answer_by`
	})} from ${SEAT} where r.status = 'offered'`,
	'classes.offerLapsed': sql`select ${row({ kind: 'offerLapsed' })} from ${SEAT} where r.status = 'withdrawn'`,
	'classes.rejected': sql`select ${row({ kind: 'seatRefused' })} from ${SEAT} where r.status = 'rejected'`,
	// Who gave it back knows.
	'classes.withdrawn': sql`select ${row({ kind: 'seatTaken' })} from ${SEAT}
		where r.status = 'withdrawn' and r.decided_by is distinct from r.person_id`,
	'classes.requested': sql`select ${row({ kind: 'seatAsked', to: sql`x.person_id`, facts: ASKED, href: APPROVALS, until: BEGINS })}
		from ${SEAT} ${ASKER}
		cross join lateral (
			select person_id from ${decidesFor(sql`s.supervisor_id`)} d
			union select o.person_id from (${holders('classes.manage')}) o where s.supervisor_id is null
		) x where r.status = 'requested' and x.person_id <> r.person_id`,
	'classes.escalated': sql`select ${row({ kind: 'seatLate', to: sql`x.person_id`, facts: ASKED, href: APPROVALS, until: BEGINS })}
		from ${SEAT} ${ASKER}
		left join people.staff b on b.agency_id = r.agency_id and b.person_id = s.supervisor_id
		cross join lateral (
			select b.supervisor_id as person_id where b.supervisor_id is not null
			union select o.person_id from (${holders('classes.manage')}) o where b.supervisor_id is null
		) x where r.status = 'requested' and x.person_id <> r.person_id`,
	'classes.approved': sql`select ${row({ kind: 'seatForOffice', to: sql`o.person_id`, facts: ASKED, href: APPROVALS, until: BEGINS })}
		from ${SEAT} ${ASKER} cross join (${holders('classes.manage')}) o where r.status = 'approved'`,
	'classes.opened': sql`select distinct on (h.id, f.person_id) ${row({ kind: 'teachingPlanned', to: sql`f.person_id`, until: OVER })}
		from ${CLASS}
		join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
		join classes.session_facilitator f on f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null`,
	'classes.cancelled': sql`select ${row({ kind: 'classCancelled', to: sql`x.person_id`, until: OVER })} from ${CLASS}
		cross join lateral (
			select r.person_id from classes.registration r
			where r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'rejected' and r.decided_at = h.at
			union
			select f.person_id from classes.session s
			join classes.session_facilitator f on f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null
			where s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at = h.at
		) x`,
	'classes.closed': sql`select ${row({
		kind: sql`case r.status when 'passed' then 'classPassed' when 'failed' then 'classFailed' else 'seatRefused' end`,
		to: sql`r.person_id`
	})} from ${CLASS} join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id
		and (r.status in ('passed', 'failed') or r.status = 'rejected' and r.decided_at = h.at)`,
	'classes.outcomeChanged': sql`select ${row({
		kind: sql`case r.status when 'passed' then 'classPassed' else 'classFailed' end`
	})} from ${SEAT} where r.status in ('passed', 'failed')`
});
