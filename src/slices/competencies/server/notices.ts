import { sql } from 'kysely';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';

const PROPOSAL = sql`heard h
	join competencies.proposal t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'proposalId')::uuid
	join people.unit u on u.agency_id = t.agency_id and u.id = t.unit_id`;
const REST = sql`t.id as about_id, jsonb_build_object('competency', t.name, 'unit', u.name) as facts,
	'/competencies/proposals/' || t.id as href, null::timestamptz as good_until`;

/** A unit's proposal waits for the office; its answer is for whoever proposed. */
export const competencyNotices = (holders: Holders): NoticeSources => ({
	'competencies.proposed': sql`select h.id as event_id, o.person_id, 'competencyProposed' as kind, ${REST}
		from ${PROPOSAL} cross join (${holders('competencies.edit')}) o where t.status = 'waiting' and o.person_id is distinct from t.proposed_by`,
	'competencies.proposalDecided': sql`select h.id as event_id, t.proposed_by as person_id,
		case t.status when 'approved' then 'competencyAccepted' else 'competencyDeclined' end as kind, ${REST}
		from ${PROPOSAL} where t.status <> 'waiting' and t.proposed_by is not null`
});
