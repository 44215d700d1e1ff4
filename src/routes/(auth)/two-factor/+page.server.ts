import { redirect } from '@sveltejs/kit';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { nextAddress, withNext } from '#platform/auth/next-address.ts';
import { secondFactor } from '#platform/auth/sign-in.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async ({ locals, url }) => {
	const next = nextAddress(url.searchParams.get('next'));
	if (locals.ctx.actor) redirect(303, next);
	return { startAgain: withNext('/sign-in', next) };
});

export const actions = formActions({
	default: openAction('auth.secondFactor', async (form, event) => {
		keepCookies(event, (await secondFactor(headersOf(event), typedText(form, 'code'))).setCookies);
		return { to: nextAddress(event.url.searchParams.get('next')) };
	})
});
