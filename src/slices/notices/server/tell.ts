import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { EventName } from '#kernel/events.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { putDownLettersOf } from '#platform/mail/letters.ts';
import { command } from '#platform/work/command.ts';
import { canTell } from '../access.ts';
import { NOTICE_LETTER } from '../model.ts';
import { recipients } from './recipients.ts';

/**
 * Whom an event concerns, written by the room where it happens: a select over `heard h (id, payload, at)` of
 * `(event_id, person_id, kind, about_id, facts, href, good_until)`. Facts are names and civil times ('2026-03-09T08:30'),
 * as small as the words need, and never a sentence.
 */
export type NoticeSources = Readonly<Partial<Record<EventName, RawBuilder<unknown>>>>;

/** Most notices of one command that are not worth new statistics. */
const MANY = 1000;

/**
 * Tells of any number of events of one name in one statement, and puts letters down in another for each channel. An event heard twice
 * tells once: a notice is one of its event, person and kind.
 */
export function tellCommand(sources: NoticeSources) {
	const tell = command(
		'notices.tell',
		z.object({ name: z.string().max(100), eventIds: z.array(z.uuid()).min(1).max(1000) }),
		async ({ tx, actor, now, permit, note }, { name, eventIds }) => {
			permit(canTell(actor));
			const source = Object.entries(sources).find(([key]) => key === name)?.[1];
			if (source === undefined) throw new Error(`Nobody says whom ${name} concerns`);
			const heard = sql`select id, payload, at from platform.event
				where agency_id = (select platform.current_agency()) and name = ${name} and id = any(${eventIds}::uuid[])`;
			const ids = await writeNotices(tx, heard, source, sql`${now}::timestamptz`);
			let letters = 0;
			for (const channel of ids.length === 0 ? [] : (['mail', 'push'] as const))
				letters += await putDownLettersOf(tx, {
					agencyId: actor.agencyId,
					kind: NOTICE_LETTER,
					rows: recipients(channel, ids, now),
					now,
					channel
				});
			if (ids.length >= MANY) await refreshStatistics(tx, 'notices.notice', 'platform.letter');
			note({ notices: ids.length, letters });
			return { notices: ids.length, letters };
		},
		{ summary: 'Tell the people whom events concern' }
	);
	return tell;
}

/** One statement for however many people; answers the ids of those that are new. `at` may name columns of `heard h`. */
export async function writeNotices(
	tx: Tx,
	heard: RawBuilder<unknown>,
	source: RawBuilder<unknown>,
	at: RawBuilder<unknown>
): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		with heard as materialized (${heard}), told as (${source})
		insert into notices.notice (agency_id, person_id, kind, about_id, event_id, facts, href, good_until, created_at)
		select p.agency_id, t.person_id, t.kind, t.about_id, t.event_id, t.facts, t.href, t.good_until, ${at}
		from (select distinct on (event_id, person_id, kind) * from told) t
		join heard h on h.id = t.event_id
		join people.person p on p.agency_id = (select platform.current_agency()) and p.id = t.person_id and p.active
		on conflict on constraint notice_once do nothing
		returning id`.execute(tx);
	return rows.map(({ id }) => id);
}
