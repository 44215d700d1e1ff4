import type { Db } from '#platform/db/db.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import type { LetterTo } from '#platform/mail/carrying.ts';
import { toldOf } from '#slices/notices/server/queries/letters.ts';
import { noticeWords } from '#slices/notices/server/words.ts';

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
