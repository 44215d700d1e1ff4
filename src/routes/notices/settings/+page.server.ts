import { pushActions, pushData } from '#app/server/push-page.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { mailer } from '#platform/mail/mail.ts';
import { saveSettings } from '#slices/notices/server/commands/save-settings.ts';
import { settingsOf } from '#slices/notices/server/queries/own.ts';

export const load = page(async ({ db, actor, event }) => ({
	settings: await settingsOf(db, actor),
	sends: mailer() !== null,
	push: await pushData({ db, actor, event })
}));

export const actions = formActions({
	...pushActions,
	save: formAction(saveSettings, { then: () => ({ say: 'notices.settings.saved' }) })
});
