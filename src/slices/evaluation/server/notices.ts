import { sql } from 'kysely';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';

const ABOUT = sql`join programs.version v on v.agency_id = f.agency_id and v.id = f.version_id
	join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
	left join programs.change_request r on r.agency_id = f.agency_id and r.id = f.id`;
const FACTS = sql`jsonb_build_object('name', m.name, 'number', v.number, 'topic', left(f.statement, 160)) as facts`;

/**
 * Whoever is asked to code a focus group again is told where. A finding asks whoever may change programs, but for its own
 * writer; who is to see it through is told so; what became of it is told to its owner and its writer, unless they decided
 * it themselves, and to those who sat in the class it was seen in, or in any of its curriculum where it names none.
 * Programs know nothing of findings, so it is said here.
 */
export const findingNotices = (holders: Holders): NoticeSources => ({
	'evaluation.findingWritten': sql`select h.id as event_id, o.person_id, 'changeAsked' as kind, f.id as about_id, ${FACTS},
			'/programs/version/' || f.version_id || '#changes' as href, null::timestamptz as good_until
		from heard h
		join evaluation.finding f on f.agency_id = (select platform.current_agency()) and f.id = (h.payload->>'findingId')::uuid
		${ABOUT}
		cross join (${holders('programs.edit')}) o
		where r.decision is null and o.person_id is distinct from f.written_by`,
	'evaluation.findingOwned': sql`select h.id as event_id, f.owner_id as person_id, 'findingOwned' as kind, f.id as about_id, ${FACTS},
			'/evaluation/findings/' || f.id as href, null::timestamptz as good_until
		from heard h
		join evaluation.finding f on f.agency_id = (select platform.current_agency()) and f.id = (h.payload->>'findingId')::uuid
		${ABOUT}
		where r.decision is null and f.owner_id is not null`,
	'evaluation.secondCodesAsked': sql`select h.id as event_id, g.second_coder_id as person_id, 'secondCodesAsked' as kind, g.id as about_id,
			jsonb_build_object('topic', g.title) as facts, '/evaluation/focus-groups/' || g.id as href, null::timestamptz as good_until
		from heard h
		join evaluation.focus_group g on g.agency_id = (select platform.current_agency()) and g.id = (h.payload->>'groupId')::uuid
		where g.second_coder_id is not null and g.second_done_at is null and g.finished_at is null`,
	'programs.changeDecided': sql`select h.id as event_id, o.person_id,
			case r.decision when 'adopted' then 'changeAdopted' when 'partly' then 'changePartly' else 'changeDeclined' end as kind,
			f.id as about_id, ${FACTS}, '/evaluation/findings/' || f.id as href, null::timestamptz as good_until
		from heard h
		join evaluation.finding f on f.agency_id = (select platform.current_agency()) and f.id = (h.payload->>'changeRequestId')::uuid
		${ABOUT}
		cross join lateral (select f.owner_id as person_id union select f.written_by) o
		where r.decision is not null and o.person_id is not null and o.person_id is distinct from r.decided_by
		union all
		(select distinct on (h.id, s.person_id) h.id, s.person_id, 'saidAnswered', f.id, ${FACTS}, '/evaluation/said/' || c.id, null::timestamptz
		from heard h
		join evaluation.finding f on f.agency_id = (select platform.current_agency()) and f.id = (h.payload->>'changeRequestId')::uuid
		${ABOUT}
		join classes.class c on c.agency_id = f.agency_id and c.version_id = f.version_id and (f.class_id is null or c.id = f.class_id)
		join classes.registration s on s.agency_id = c.agency_id and s.class_id = c.id and s.status in ('enrolled', 'passed', 'failed')
		where r.decision is not null and s.person_id is distinct from f.owner_id and s.person_id is distinct from f.written_by
		order by h.id, s.person_id, c.ends_on desc)`
});
