import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { mailer } from '#platform/mail/mail.ts';
import { saveSettings } from '#slices/notices/server/commands/save-settings.ts';
import { settingsOf } from '#slices/notices/server/queries/own.ts';

export const load = page(async ({ db, actor }) => ({
	settings: await settingsOf(db, actor),
	sends: mailer() !== null
}));

export const actions = formActions({
	default: formAction(saveSettings, { then: () => ({ say: 'notices.settings.saved' }) })
});
