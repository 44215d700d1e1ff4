import { sql } from 'kysely';
import { seatNotices, sessionNotices } from '#slices/classes/public.server.ts';
import { competencyNotices } from '#slices/competencies/public.server.ts';
import { credentialNotices } from '#slices/credentials/public.server.ts';
import { findingNotices } from '#slices/evaluation/public.server.ts';
import { followupNotices } from '#slices/followup/public.server.ts';
import { needNotices } from '#slices/needs/public.server.ts';
import type { Holders, NoticeSources } from '#slices/notices/public.server.ts';
import { planNotices } from '#slices/plans/public.server.ts';
import { ROLES } from './roles.ts';

/** Whoever was given a role with this ability over the whole agency: only here is known which roles those are. */
export const holders: Holders = (ability) => {
	const roles = Object.entries(ROLES).flatMap(([role, abilities]) =>
		abilities.includes(ability) ? [role] : []
	);
	return sql`select distinct g.person_id from people.role_grant g
		join people.unit gu on gu.agency_id = g.agency_id and gu.id = g.unit_id and gu.parent_id is null
		join platform.agency ga on ga.agency_id = g.agency_id
		where g.agency_id = (select platform.current_agency()) and g.role = any(${roles}::text[])
			and g.valid_from <= (now() at time zone ga.time_zone)::date and (g.valid_to is null or g.valid_to > (now() at time zone ga.time_zone)::date)`;
};

/** Which events tell whom, room by room. */
export const NOTICE_SOURCES: NoticeSources = {
	...competencyNotices(holders),
	...needNotices,
	...planNotices(holders),
	...seatNotices(holders),
	...sessionNotices(holders),
	...findingNotices(holders),
	...credentialNotices,
	...followupNotices
};
