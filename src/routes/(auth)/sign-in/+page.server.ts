import { redirect } from '@sveltejs/kit';
import { isSetUp } from '#app/server/first-run.ts';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { nextAddress, withNext } from '#platform/auth/next-address.ts';
import { signIn } from '#platform/auth/sign-in.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async ({ locals, url }) => {
	// Nobody could: the first page says how one begins.
	if (!(await isSetUp())) redirect(303, '/');
	if (locals.ctx.actor) redirect(303, nextAddress(url.searchParams.get('next')));
});

export const actions = formActions({
	default: openAction('auth.signIn', async (form, event) => {
		const door = await signIn(headersOf(event), {
			username: typedText(form, 'username'),
			password: typedText(form, 'password'),
			shared: typedText(form, 'shared') === 'true'
		});
		keepCookies(event, door.setCookies);
		const next = nextAddress(event.url.searchParams.get('next'));
		return { to: door.state === 'secondFactor' ? withNext('/two-factor', next) : next };
	})
});
