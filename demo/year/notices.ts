import { sql } from 'kysely';
import { NOTICE_SOURCES } from '#app/server/notice-sources.ts';
import { writing } from '#platform/db/pools.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { putDownLettersOf } from '#platform/mail/letters.ts';
import { NOTICE_LETTER } from '#slices/notices/model.ts';
import { recipients, writeNotices } from '#slices/notices/public.server.ts';
import type { World } from './world.ts';

const WEEKS = 12;
/** What is older has been read, on the day after. */
const UNREAD_WEEKS = 2;

/**
 * What happened in the last weeks is told to whom it concerned, by the same statements as when it happens. Seats were written without events, so those of classes still ahead are made up for first.
 */
export async function tellOfYear(world: World, agencyId: string): Promise<void> {
	const { clock } = world;
	const since = clock.at(clock.day(-WEEKS));
	const unread = clock.at(clock.day(-UNREAD_WEEKS));
	await writing(
		agencyId,
		async (tx) => {
			await sql`
				insert into platform.event (agency_id, id, name, payload, at)
				select r.agency_id, gen_random_uuid(), k.name, jsonb_build_object('classId', r.class_id, 'personId', r.person_id), coalesce(r.decided_at, r.requested_at)
				from classes.registration r
				join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
				join (values ('requested', 'classes.requested'), ('approved', 'classes.approved'), ('waiting', 'classes.queued'),
					('offered', 'classes.offered'), ('enrolled', 'classes.enrolled')) as k (status, name) on k.status = r.status
				where r.agency_id = ${agencyId} and not exists (
					select from platform.event e where e.agency_id = r.agency_id and e.name = k.name
						and e.payload->>'classId' = r.class_id::text and e.payload->>'personId' = r.person_id::text)`.execute(tx);
			for (const [name, source] of Object.entries(NOTICE_SOURCES))
				await writeNotices(
					tx,
					sql`select id, payload, at from platform.event where agency_id = ${agencyId} and name = ${name} and at >= ${since}`,
					source,
					sql`h.at`
				);
			await sql`
				update notices.notice set read_at = created_at + interval '1 day'
				where agency_id = ${agencyId} and created_at < ${unread} and kind <> 'campaignOpened'`.execute(tx);
			// Where no mail server is, these wait to be sent by hand.
			const fresh = await sql<{ id: string }>`
				select id from notices.notice where agency_id = ${agencyId} and created_at >= ${unread} and read_at is null`.execute(
				tx
			);
			const ids = fresh.rows.map(({ id }) => id);
			const rows = recipients('mail', ids, clock.now);
			await putDownLettersOf(tx, { agencyId, kind: NOTICE_LETTER, rows, now: clock.now });
			await refreshStatistics(tx, 'notices.notice');
		},
		world.app
	);
}
