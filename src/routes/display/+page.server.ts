import { redirect } from '@sveltejs/kit';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';
import { locales } from '#platform/i18n/messages.ts';

export const load = publicPage(async () => redirect(303, '/'));

const YEAR_S = 60 * 60 * 24 * 365;
const THEMES = ['auto', 'light', 'dark'];

/** Keeps one choice in a cookie that the screen's own script may set too, and goes back to where it was made. */
const choice = (field: string, cookie: string, allowed: readonly string[]) =>
	openAction(`display.${field}`, async (form, { cookies }) => {
		const chosen = form.get(field);
		if (typeof chosen === 'string' && allowed.includes(chosen)) {
			cookies.set(cookie, chosen, { path: '/', httpOnly: false, sameSite: 'lax', maxAge: YEAR_S });
		}
		return { to: placeOf(form.get('back')) };
	});

/** Only a path of this site: `//elsewhere` and `/\elsewhere` are other sites to a browser. */
const placeOf = (back: FormDataEntryValue | null): string =>
	typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/';

export const actions = formActions({
	language: choice('language', 'asah_language', locales),
	theme: choice('theme', 'asah_theme', THEMES)
});
