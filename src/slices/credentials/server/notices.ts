import { sql } from 'kysely';
import type { NoticeSources } from '#slices/notices/public.server.ts';

export const credentialNotices: NoticeSources = {
	'credentials.issued': sql`
		select h.id as event_id, t.person_id, 'certificateIssued' as kind, t.id as about_id,
			jsonb_build_object('class', c.name, 'number', t.number) as facts, '/credentials/' || t.id as href, null::timestamptz as good_until
		from heard h
		join credentials.certificate t on t.agency_id = (select platform.current_agency()) and t.id = (h.payload->>'certificateId')::uuid and t.status = 'valid'
		join classes.class c on c.agency_id = t.agency_id and c.id = t.class_id`
};
