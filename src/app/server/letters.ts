import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { say } from '#platform/i18n/say.server.ts';
import type { LetterKinds } from '#platform/mail/carrying.ts';
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
	}
});

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
