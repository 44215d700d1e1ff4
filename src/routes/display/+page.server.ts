import { redirect, type RequestEvent } from '@sveltejs/kit';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';
import { locales } from '#platform/i18n/messages.ts';
import { run } from '#platform/work/run.ts';
import { chooseLanguage } from '#slices/people/server/commands/choose-language.ts';

export const load = publicPage(async () => redirect(303, '/'));

const YEAR_S = 60 * 60 * 24 * 365;
const THEMES = ['auto', 'light', 'dark'];

/** Keeps one choice in a cookie that the screen's own script may set too, and goes back to where it was made. */
const choice = (
	field: string,
	cookie: string,
	allowed: readonly string[],
	keep?: (chosen: string, event: RequestEvent) => Promise<void>
) =>
	openAction(`display.${field}`, async (form, event) => {
		const chosen = form.get(field);
		if (typeof chosen === 'string' && allowed.includes(chosen)) {
			await keep?.(chosen, event);
			event.cookies.set(cookie, chosen, { path: '/', httpOnly: false, sameSite: 'lax', maxAge: YEAR_S });
		}
		return { to: placeOf(form.get('back')) };
	});

/** Only a path of this site: `//elsewhere` and `/\elsewhere` are other sites to a browser. */
const placeOf = (back: FormDataEntryValue | null): string =>
	typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/';

/** Letters are written where there is no browser to ask. */
async function keepLanguage(language: string, { locals }: RequestEvent): Promise<void> {
	const { actor, requestId } = locals.ctx;
	if (actor !== null && actor.personId !== null)
		await run(chooseLanguage, { actor, input: { language }, requestId });
}

export const actions = formActions({
	language: choice('language', 'asah_language', locales, keepLanguage),
	theme: choice('theme', 'asah_theme', THEMES)
});
