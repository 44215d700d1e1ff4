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

/** An action plan goes between a person and their supervisor: the other one is told. */
export const followupNotices: NoticeSources = {
	'followup.planSubmitted': told('planSubmitted', SUPERVISOR),
	'followup.planApproved': told('planApproved', OWNER),
	'followup.planReturned': told('planReturned', OWNER),
	'followup.checkedIn': told('checkedIn', SUPERVISOR),
	'followup.checkInAnswered': told('checkInAnswered', OWNER)
};
