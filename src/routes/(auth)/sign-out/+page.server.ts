import { redirect } from '@sveltejs/kit';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { signOut } from '#platform/auth/sign-in.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async ({ locals }) => {
	if (!locals.ctx.actor) redirect(303, '/sign-in');
});

export const actions = formActions({
	default: openAction('auth.signOut', async (_form, event) => {
		keepCookies(event, await signOut(headersOf(event)));
		return { to: '/sign-in' };
	})
});
