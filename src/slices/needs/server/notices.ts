import { sql } from 'kysely';
import type { NoticeSources } from '#slices/notices/public.server.ts';

const IDP = sql`heard h
	join needs.idp i on i.agency_id = (select platform.current_agency()) and i.id = (h.payload->>'idpId')::uuid
	join people.staff s on s.agency_id = i.agency_id and s.person_id = i.person_id`;
const IDP_REST = sql`i.id as about_id, jsonb_build_object('name', s.name, 'year', i.year) as facts, '/needs/idp/' || i.id as href, null::timestamptz as good_until`;

export const needNotices: NoticeSources = {
	'needs.idpSubmitted': sql`select h.id as event_id, s.supervisor_id as person_id, 'idpSubmitted' as kind, ${IDP_REST}
		from ${IDP} where i.status = 'submitted' and s.supervisor_id is not null`,
	'needs.idpDecided': sql`select h.id as event_id, i.person_id, case i.status when 'agreed' then 'idpAgreed' when 'declined' then 'idpDeclined' else 'idpReturned' end as kind,
		${IDP_REST} from ${IDP} where i.status in ('agreed', 'declined', 'revise')`,
	// Everybody who has somebody to rate, themselves included: a whole city in one statement.
	'needs.campaignOpened': sql`
		select h.id as event_id, d.rater_id as person_id, 'campaignOpened' as kind, c.id as about_id,
			jsonb_build_object('campaign', c.name, 'to', to_char(c.closes_on, 'YYYY-MM-DD')) as facts, '/needs/rate'::text as href,
			(c.closes_on + 1)::timestamp at time zone a.time_zone as good_until
		from heard h
		join needs.campaign c on c.agency_id = (select platform.current_agency()) and c.id = (h.payload->>'campaignId')::uuid and c.status = 'open'
		join platform.agency a on a.agency_id = c.agency_id
		join (select distinct agency_id, campaign_id, rater_id from needs.duty
			where agency_id = (select platform.current_agency()) and done_at is null) d on d.agency_id = c.agency_id and d.campaign_id = c.id`,
	// Who proposed it, and who handed it in; of a need of several units together the same of each of its parts.
	'needs.sentBack': sql`
		select distinct h.id as event_id, x.person_id, 'needSentBack' as kind, n.id as about_id,
			jsonb_build_object('topic', n.topic, 'note', b.note) as facts, '/needs/proposals/' || n.id as href, null::timestamptz as good_until
		from heard h
		join needs.proposal n on n.agency_id = (select platform.current_agency()) and n.id = (h.payload->>'proposalId')::uuid and n.status = 'revise'
		join lateral (select s.note, s.changed_by from needs.proposal_step s where s.agency_id = n.agency_id and s.proposal_id = n.id and s.to_status = 'revise'
			order by s.at desc, s.id desc limit 1) b on true
		cross join lateral (
			select p.created_by as person_id from needs.proposal p where p.agency_id = n.agency_id and (p.id = n.id or p.merged_into = n.id)
			union
			select s.changed_by from needs.proposal_step s join needs.proposal p on p.agency_id = s.agency_id and p.id = s.proposal_id
			where s.agency_id = n.agency_id and (p.id = n.id or p.merged_into = n.id) and s.to_status = 'submitted'
		) x
		where x.person_id is not null and x.person_id is distinct from b.changed_by`,
	// One notice for each outcome of a forum, however many needs somebody had in it.
	'needs.decided': sql`
		select h.id as event_id, n.created_by as person_id,
			case i.outcome when 'accepted' then 'needsAccepted' when 'rejected' then 'needsRejected' else 'needsDeferred' end as kind,
			i.forum_id as about_id, jsonb_build_object('count', count(*), 'topic', min(n.topic)) as facts, '/needs/proposals'::text as href,
			null::timestamptz as good_until
		from heard h
		join needs.forum_item i on i.agency_id = (select platform.current_agency()) and i.forum_id = (h.payload->>'forumId')::uuid and i.outcome is not null
		join needs.proposal n on n.agency_id = i.agency_id and n.id = i.proposal_id and n.created_by is not null
		group by h.id, n.created_by, i.outcome, i.forum_id`
};
