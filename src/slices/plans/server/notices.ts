import { sql } from 'kysely';
import type { NoticeSources } from '#slices/notices/public.server.ts';

/** Heads of the units that a decreed plan has lines for. */
export const planNotices: NoticeSources = {
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
};
