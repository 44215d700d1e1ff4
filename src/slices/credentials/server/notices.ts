import { sql } from 'kysely';
import type { NoticeSources } from '#slices/notices/public.server.ts';

const certificate = (kind: string, status: string) => sql`
		select h.id as event_id, t.person_id, ${kind}::text as kind, t.id as about_id,
			jsonb_build_object('class', c.name, 'number', t.number) as facts, '/credentials/' || t.id as href, null::timestamptz as good_until
		from heard h
		join credentials.certificate t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'certificateId')::uuid and t.status = ${status}
		join classes.class c on c.agency_id = t.agency_id and c.id = t.class_id`;

/** Certificates and claims of hours are their person's. */
export const credentialNotices: NoticeSources = {
	'credentials.issued': certificate('certificateIssued', 'valid'),
	'credentials.revoked': certificate('certificateRevoked', 'revoked'),
	'credentials.claimDecided': sql`
		select h.id as event_id, t.person_id, case t.status when 'counted' then 'claimCounted' when 'revise' then 'claimReturned' else 'claimRejected' end as kind,
			t.id as about_id, jsonb_build_object('topic', t.title, 'year', t.year) as facts, '/credentials/entry/' || t.id as href, null::timestamptz as good_until
		from heard h
		join credentials.jp_entry t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'entryId')::uuid and t.status <> 'waiting'`
};
