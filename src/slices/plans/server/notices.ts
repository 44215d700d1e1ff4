import { sql } from 'kysely';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';

const PLAN = sql`heard h join plans.plan t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'planId')::uuid`;
const REST = sql`t.id as about_id, jsonb_build_object('plan', t.title) as facts, '/plans/' || t.id as href, null::timestamptz as good_until`;

/** A plan goes from the office to whoever approves and decrees it; in the end the heads of its units are told. */
export const planNotices = (holders: Holders): NoticeSources => ({
	'plans.submitted': sql`select h.id as event_id, o.person_id, 'yearPlanSubmitted' as kind, ${REST}
		from ${PLAN} cross join (${holders('plans.approve')}) o where t.status = 'submitted'`,
	'plans.approved': sql`select h.id as event_id, o.person_id, 'yearPlanApproved' as kind, ${REST}
		from ${PLAN} cross join (${holders('plans.decree')}) o where t.status = 'approved'`,
	'plans.returned': sql`select h.id as event_id, b.changed_by as person_id, 'yearPlanReturned' as kind, ${REST}
		from ${PLAN}
		join lateral (select y.changed_by from plans.history y where y.agency_id = t.agency_id and y.plan_id = t.id and y.to_status = 'submitted'
			order by y.at desc limit 1) b on b.changed_by is not null
		where t.status = 'returned'`,
	'plans.decreed': sql`
		select h.id as event_id, x.person_id, 'planDecreed' as kind, t.id as about_id,
			jsonb_build_object('plan', t.title, 'number', t.decree_number, 'count', count(*)) as facts, '/plans/' || t.id as href, null::timestamptz as good_until
		from heard h
		join plans.plan t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'planId')::uuid and t.status = 'decreed'
		join plans.line l on l.agency_id = t.agency_id and l.plan_id = t.id
		join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		cross join lateral (values (coalesce(u.acting_person_id, u.head_person_id))) x (person_id)
		where x.person_id is not null
		group by h.id, x.person_id, t.id, t.title, t.decree_number`
});
