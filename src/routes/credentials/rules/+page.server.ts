import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canSetRules, seesAll } from '#slices/credentials/access.ts';
import { setJpRate, setJpSetting } from '#slices/credentials/server/commands/rules.ts';
import { jpSettings } from '#slices/credentials/server/jp-settings.ts';
import { ratesByForm } from '#slices/credentials/server/rates.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!seesAll(actor) && !canSetRules(actor)) throw missing();
	const forms = await ratesByForm(db, today);
	return {
		today,
		forms,
		chosen: forms.find(({ code }) => code === url.searchParams.get('form')) ?? null,
		settings: await jpSettings(db),
		can: { set: canSetRules(actor) }
	};
});

export const actions = formActions({
	rate: formAction(setJpRate, { then: () => ({ say: 'credentials.rate.done' }) }),
	setting: formAction(setJpSetting, { then: () => ({ say: 'credentials.rate.settingDone' }) })
});
