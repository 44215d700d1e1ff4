import { redirect, type RequestEvent } from '@sveltejs/kit';
import { HAT_COOKIE } from '#app/server/context.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async () => redirect(303, '/'));

/** "Bertindak sebagai…": another of one's own hats; what is not one's own falls back to the first. */
export const actions = {
	default: async (event: RequestEvent) => {
		const chosen = (await event.request.formData()).get('hat');
		if (typeof chosen === 'string')
			event.cookies.set(HAT_COOKIE, chosen, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 * 60 * 24 * 180 });
		redirect(303, '/');
	}
};
