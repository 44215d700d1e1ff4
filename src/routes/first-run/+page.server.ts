import { redirect } from '@sveltejs/kit';
import { missing } from '#kernel/errors.ts';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { signIn } from '#platform/auth/sign-in.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import { firstRunIsOpen, isSetUp, setUp } from '#app/server/first-run.ts';
import { fieldsOf, formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async ({ url }) => {
	const token = url.searchParams.get('token') ?? '';
	if (await firstRunIsOpen(token)) return { token };
	// Nothing is set up, and every start makes a new address: say so to whoever comes with none or an old one.
	if (await isSetUp()) throw missing();
	redirect(303, '/');
});

export const actions = formActions({
	default: openAction('firstRun', async (form, event) => {
		await setUp(fieldsOf(form), new Date());
		const door = await signIn(headersOf(event), {
			username: typedText(form, 'nip'),
			password: typedText(form, 'password'),
			shared: false
		});
		keepCookies(event, door.setCookies);
		return { to: '/people/import' };
	})
});
