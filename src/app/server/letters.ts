import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { say } from '#platform/i18n/say.server.ts';
import type { Db } from '#platform/db/db.ts';
import type { LetterKinds } from '#platform/mail/carrying.ts';
import type { Letter } from '#platform/mail/mail.ts';
import { noticeLetter } from './notices.ts';
import { DIGEST_LETTER, NOTICE_LETTER } from '#slices/notices/model.ts';
import { addresseeOf, digestOf } from '#slices/notices/server/queries/letters.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { REMINDER } from '#slices/needs/reminder.ts';
import { reminderFor, type Reminder } from '#slices/needs/server/queries/reminders.ts';

/**
 * Which room's letters there are, and their words. In the language that whoever receives it chose, else in
 * the base language. `home` is the installation's public address.
 */
export const letterKinds = (home: string): LetterKinds => ({
	[REMINDER]: async (db, { personId, aboutId }) => {
		const reminder = await reminderFor(db, aboutId, personId);
		if (reminder === null || reminder.email === null) return null;
		const to = { name: reminder.name, address: reminder.email };
		return inLanguage(reminder.language ?? undefined, () => ({ to, ...wordsOf(reminder, home) }));
	},
	[NOTICE_LETTER]: async (db, { personId, aboutId }) => {
		const to = await addresseeOf(db, personId, aboutId);
		const letter = to === null ? null : await noticeLetter(db, { personId, aboutId });
		if (to === null || letter === null) return null;
		const { title, text, href, language } = letter;
		return inLanguage(language ?? undefined, () => ({
			to,
			subject: title,
			text: paragraphs(
				say('notices.mail.greeting', { name: to.name }),
				text,
				`${home}${href}`,
				say('notices.mail.end', { address: `${home}${SETTINGS}` })
			)
		}));
	},
	[DIGEST_LETTER]: async (db, { personId, aboutId }) => {
		const to = await addresseeOf(db, personId, null);
		const told = to === null ? [] : await digestOf(db, aboutId, personId);
		if (to === null || told.length === 0) return null;
		return inLanguage(to.language ?? undefined, () => ({
			to,
			subject: say('notices.mail.digest', { count: told.length }),
			text: paragraphs(
				say('notices.mail.greeting', { name: to.name }),
				say('notices.mail.digestIntro'),
				...told.map(({ kind, facts, href }) => {
					const { title, text } = noticeWords(kind, facts);
					return `${title}\n${text}\n${home}${href}`;
				}),
				say('notices.mail.end', { address: `${home}${SETTINGS}` })
			)
		}));
	}
});

const SETTINGS = '/notices/settings';
const paragraphs = (...parts: string[]): string => parts.join('\n\n');

const wordsOf = ({ name, campaign, closesOn, own, others }: Reminder, home: string) => ({
	subject: say('needs.mail.subject', { campaign }),
	text: [
		say('needs.mail.greeting', { name }),
		own > 0 ? say('needs.mail.own', { campaign, closesOn: formatDate(closesOn) }) : '',
		others > 0
			? say('needs.mail.others', { campaign, count: formatNumber(others), closesOn: formatDate(closesOn) })
			: '',
		`${home}/needs/rate`,
		say('needs.mail.end')
	]
		.filter((line) => line !== '')
		.join('\n\n')
});

/** Whole letters by their id, for whoever sends them by hand; null: no longer needed. Addresses begin at `home`. */
export async function letterTexts(
	db: Db,
	letters: readonly { id: string; kind: string; personId: string; aboutId: string }[],
	home: string
): Promise<Map<string, Omit<Letter, 'id'> | null>> {
	const kinds = letterKinds(home);
	const texts = new Map<string, Omit<Letter, 'id'> | null>();
	for (const { id, kind, personId, aboutId } of letters)
		texts.set(id, (await kinds[kind]?.(db, { personId, aboutId })) ?? null);
	return texts;
}
