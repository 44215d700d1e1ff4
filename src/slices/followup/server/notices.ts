import { sql, type RawBuilder } from 'kysely';
import type { NoticeSources } from '#slices/notices/public.server.ts';

const told = (kind: string, to: RawBuilder<unknown>) => sql`
	select h.id as event_id, ${to} as person_id, ${kind}::text as kind, t.id as about_id,
		jsonb_build_object('name', p.name, 'class', c.name) as facts, '/followup/' || t.id as href, null::timestamptz as good_until
	from heard h
	join followup.action_plan t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'actionPlanId')::uuid
	join classes.class c on c.agency_id = t.agency_id and c.id = t.class_id
	join people.person p on p.agency_id = t.agency_id and p.id = t.person_id
	where ${to} is not null`;

const OWNER = sql`t.person_id`;
const SUPERVISOR = sql`t.supervisor_id`;

/** Whoever a statement finds for a day that an event names; `r` gives person, about, facts and where to. */
const onDay = (kind: string, found: RawBuilder<unknown>) => sql`
	select h.id as event_id, r.person_id, ${kind}::text as kind, r.about_id, r.facts, r.href, r.good_until
	from heard h cross join lateral (${found}) r`;

const DAY = sql`(h.payload->>'on')::date`;

const raters = (since: RawBuilder<unknown>) => sql`
	select w.rater_id as person_id, (array_agg(e.id order by e.closes_on, e.id))[1] as about_id,
		jsonb_build_object('count', count(*)::int, 'until', to_char(min(e.closes_on), 'YYYY-MM-DD')) as facts,
		'/followup/evaluations' as href, null::timestamptz as good_until
	from followup.rater w
	join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null
	join people.person o on o.agency_id = w.agency_id and o.id = w.rater_id and o.active
	where w.agency_id = (select platform.current_agency()) and w.done_at is null and ${since} = ${DAY}
	group by w.rater_id`;

/** Check-ins due on the day, one a person: the plan whose class ended last. */
const dueCheckIns = sql`
	select distinct on (p.person_id) p.person_id, p.id as about_id, jsonb_build_object('class', c.name, 'days', d.days) as facts,
		'/followup/' || p.id as href, null::timestamptz as good_until
	from followup.check_in_due d
	join followup.action_plan p on p.agency_id = d.agency_id and p.id = d.action_plan_id and p.status in ('approved', 'running')
	join people.person o on o.agency_id = p.agency_id and o.id = p.person_id and o.active
	join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
	where d.agency_id = (select platform.current_agency()) and d.due_on = ${DAY} and d.check_in_id is null
	order by p.person_id, c.ends_on desc`;

const evaluated = sql`
	select e.person_id, (array_agg(e.id order by e.closed_at desc, e.id))[1] as about_id, jsonb_build_object('count', count(*)::int) as facts,
		'/followup/evaluations' as href, null::timestamptz as good_until
	from followup.evaluation e
	join platform.agency a on a.agency_id = e.agency_id
	join people.person o on o.agency_id = e.agency_id and o.id = e.person_id and o.active
	where e.agency_id = (select platform.current_agency()) and (e.closed_at at time zone a.time_zone)::date = ${DAY}
	group by e.person_id`;

/** The three obstacles named most in a unit and below it in the month before, for whoever heads the unit now. */
const obstacles = sql`
	select distinct on (q.person_id) q.person_id, q.unit_id as about_id,
		jsonb_build_object('unit', q.name, 'what', to_jsonb((array_agg('obstacle.' || q.obstacle order by q.times desc, q.obstacle))[1:3])) as facts,
		'/followup/board?unit=' || q.unit_id as href, null::timestamptz as good_until
	from (
		select u.id as unit_id, u.name, u.path, coalesce(u.acting_person_id, u.head_person_id) as person_id, k.obstacle, count(*) as times
		from followup.check_in k
		join followup.action_plan p on p.agency_id = k.agency_id and p.id = k.action_plan_id
		join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
		join people.unit u on u.agency_id = s.agency_id and u.path @> s.unit_path and coalesce(u.acting_person_id, u.head_person_id) is not null
		where k.agency_id = (select platform.current_agency()) and k.obstacle is not null
			and k.at >= ${DAY} - interval '1 month' and k.at < ${DAY}
		group by u.id, u.name, u.path, u.acting_person_id, u.head_person_id, k.obstacle
	) q
	group by q.person_id, q.unit_id, q.name, q.path
	order by q.person_id, nlevel(q.path)`;

/** An action plan goes between a person and their supervisor: the other one is told. */
export const followupNotices: NoticeSources = {
	'followup.planSubmitted': told('planSubmitted', SUPERVISOR),
	'followup.planApproved': told('planApproved', OWNER),
	'followup.planReturned': told('planReturned', OWNER),
	'followup.checkedIn': told('checkedIn', SUPERVISOR),
	'followup.checkInAnswered': told('checkInAnswered', OWNER),
	'followup.supervisorChanged': told('planInherited', SUPERVISOR),
	'followup.projectJudged': told('projectJudged', OWNER),
	'followup.checkInsDue': onDay('checkInDue', dueCheckIns),
	'followup.ratersAsked': onDay('evaluationAsked', raters(sql`w.asked_on`)),
	'followup.ratersReplaced': onDay(
		'evaluationAsked',
		raters(sql`case when w.replaces_id is not null then w.asked_on end`)
	),
	'followup.ratersReminded': onDay('evaluationReminded', raters(sql`w.reminded_on`)),
	'followup.evaluated': onDay('evaluationReady', evaluated),
	'followup.obstaclesTold': onDay('obstaclesNamed', obstacles)
};
