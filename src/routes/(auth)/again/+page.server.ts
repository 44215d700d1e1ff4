import { redirect } from '@sveltejs/kit';
import { nextAddress } from '#platform/auth/next-address.ts';
import { COMMAND_SECRETS, formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

/**
 * A form sent without scripts after its session ended is led here by a 307, which brings along what was typed: it waits
 * in this page until the person has signed in beside it. Nothing is kept on the server.
 */
export const load = publicPage(async ({ request, url }) => {
	if (request.method !== 'POST') redirect(303, '/');
	return { to: nextAddress(url.searchParams.get('to')) };
});

export const actions = formActions({
	default: openAction('auth.again', async (form) => {
		const fields = [...form];
		const answer = {
			typed: fields.flatMap(([name, value]) =>
				typeof value === 'string' && !COMMAND_SECRETS.test(name) ? [[name, value]] : []
			),
			files: fields.some(([, value]) => typeof value !== 'string' && value.size > 0)
		};
		return { answer };
	})
});
