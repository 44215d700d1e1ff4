import type { EventName } from '#kernel/events.ts';
import type { Db } from '#platform/db/db.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import type { LetterTo } from '#platform/mail/carrying.ts';
import { onMany } from '#platform/work/events.ts';
import { run } from '#platform/work/run.ts';
import { tellCommand } from '#slices/notices/public.server.ts';
import { toldOf } from '#slices/notices/server/queries/letters.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { systemActor } from './actor.ts';
import { NOTICE_SOURCES } from './notice-sources.ts';

const tell = tellCommand(NOTICE_SOURCES);
const isTold = (name: string): name is EventName => Object.hasOwn(NOTICE_SOURCES, name);

/** Tells those whom an event concerns, many events in one command. No key: a notice is one of its event by itself. */
export function wireNotices(): void {
	for (const name of Object.keys(NOTICE_SOURCES).filter(isTold))
		onMany(name, async ({ agencyId, ids, kysely }) => {
			await run(tell, { actor: systemActor(agencyId), input: { name, eventIds: ids }, kysely });
		});
}

/** A notice in the words that are sent outside the app; `href` is a path of this installation. */
export type NoticeLetter = { title: string; text: string; href: string; language: string | null };

/**
 * What is sent of a notice (`aboutId`) to its person, in the language that they chose; null: no longer needed, because
 * it was read meanwhile, is past, or they asked that processing be limited. Every channel asks here at the moment it sends.
 */
export async function noticeLetter(db: Db, { personId, aboutId }: LetterTo): Promise<NoticeLetter | null> {
	const told = await toldOf(db, aboutId, personId);
	if (told === null) return null;
	const { kind, facts, href, language } = told;
	return inLanguage(language ?? undefined, () => ({ ...noticeWords(kind, facts), href, language }));
}
