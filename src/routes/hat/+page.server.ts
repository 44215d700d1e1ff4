import { redirect } from '@sveltejs/kit';
import { HAT_COOKIE } from '#app/server/context.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async () => redirect(303, '/'));

/** "Bertindak sebagai…": another of one's own hats; what is not one's own falls back to the first. */
export const actions = formActions({
	default: openAction('hat', async (form, { cookies }) => {
		const chosen = form.get('hat');
		if (typeof chosen === 'string')
			cookies.set(HAT_COOKIE, chosen, {
				path: '/',
				httpOnly: true,
				sameSite: 'lax',
				maxAge: 60 * 60 * 24 * 180
			});
		return { to: '/' };
	})
});
