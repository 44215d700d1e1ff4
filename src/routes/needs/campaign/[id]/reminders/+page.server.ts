import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { say } from '#platform/i18n/say.server.ts';
import { mailer } from '#platform/mail/mail.ts';
import { remindNeeds } from '#slices/needs/server/commands/remind.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { remindersOf } from '#slices/needs/server/queries/reminders.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, today }) => {
	const campaign = await campaignById(db, actor, id('id'));
	const list = listQuery(url, { sorts: ['name'] });
	const { letters, unreached, missed, ...counts } = await remindersOf(db, actor, campaign.id, today, list);
	if (campaign.status !== 'open') throw missing();
	return {
		campaign,
		...counts,
		letters: {
			...letters,
			trouble: letters.trouble && { ...letters.trouble, why: say(letters.trouble.why) }
		},
		unreached: unreached.map((one) => ({ ...one, why: one.why === null ? null : say(one.why) })),
		paging: { page: list.page, size: list.size, total: missed },
		sends: mailer() !== null,
		can: { remind: mailer() !== null && campaign.opensOn <= today && today <= campaign.closesOn }
	};
});

export const actions = formActions({
	remind: formAction(remindNeeds, {
		then: ({ inApp, byEmail, withoutAddress }) => ({
			say: 'needs.reminder.done',
			params: {
				inApp: formatNumber(inApp),
				byEmail: formatNumber(byEmail),
				withoutAddress: formatNumber(withoutAddress)
			}
		})
	})
});
