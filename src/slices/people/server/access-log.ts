import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isSelf, type Actor } from '#kernel/actor.ts';
import type { DB } from '#platform/db/db.ts';
import { database, writing } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';

export type Look = { actor: Actor; personId: string; day: string; at: Date; exported?: boolean };

/** What this process has written or is about to write for a day, so that looking again costs nothing. */
let noted = new Set<string>();
let notedOn = '';
let waiting: Look[] = [];
let writingNow: Promise<void> | undefined;

/**
 * Somebody opened another person's record: at most one row a viewer, person and day. Called by pages, which only read,
 * so it is no command; the row is written right after the answer, many at once under load, by one connection.
 * See docs/decisions/0021-who-looked.md.
 */
export function noteLook(look: Look, kysely?: Kysely<DB>): void {
	if (isSelf(look.actor, look.personId)) return;
	if (look.day !== notedOn) {
		noted = new Set();
		notedOn = look.day;
	}
	const key = [look.actor.agencyId, look.actor.accountId, look.personId, look.exported === true].join(' ');
	if (noted.has(key)) return;
	noted.add(key);
	waiting.push(look);
	start(kysely ?? database().kysely);
}

function start(kysely: Kysely<DB>): void {
	writingNow ??= writeAll(kysely).finally(() => {
		writingNow = undefined;
		if (waiting.length > 0) start(kysely);
	});
}

/** Until everything noted so far is in the database: for tests and for the end of the process. */
export async function looksWritten(): Promise<void> {
	while (writingNow) await writingNow;
}

async function writeAll(kysely: Kysely<DB>): Promise<void> {
	while (waiting.length > 0) {
		const looks = waiting;
		waiting = [];
		for (const agencyId of new Set(looks.map(({ actor }) => actor.agencyId)))
			await write(
				agencyId,
				looks.filter(({ actor }) => actor.agencyId === agencyId),
				kysely
			).catch((error: unknown) => {
				noted = new Set();
				log.error({ err: error, agencyId, looks: looks.length }, 'looks not written');
			});
	}
}

const write = (agencyId: string, looks: readonly Look[], kysely: Kysely<DB>): Promise<unknown> =>
	writing(
		agencyId,
		(tx) =>
			sql`insert into people.access_log (agency_id, person_id, on_day, account_id, viewer_id, viewer_name, hat, exported, first_at)
			select ${agencyId}, l.person_id, l.day, l.account_id, l.viewer_id, l.name, max(l.hat), bool_or(l.exported), min(l.at)
			from unnest(${looks.map(({ personId }) => personId)}::uuid[], ${looks.map(({ day }) => day)}::date[],
				${looks.map(({ actor }) => actor.accountId)}::text[], ${looks.map(({ actor }) => actor.personId)}::uuid[],
				${looks.map(({ actor }) => actor.name)}::text[], ${looks.map(({ actor }) => actor.hat?.role ?? null)}::text[],
				${looks.map(({ exported }) => exported === true)}::boolean[], ${looks.map(({ at }) => at.toISOString())}::timestamptz[])
				as l(person_id, day, account_id, viewer_id, name, hat, exported, at)
			group by l.person_id, l.day, l.account_id, l.viewer_id, l.name
			on conflict (agency_id, person_id, on_day, account_id) do update set exported = people.access_log.exported or excluded.exported
				where excluded.exported and not people.access_log.exported`.execute(tx),
		kysely
	);
