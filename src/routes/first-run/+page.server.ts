import { missing } from '#kernel/errors.ts';
import { firstRunIsOpen, setUp } from '#app/server/first-run.ts';
import { fieldsOf, formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async ({ url }) => {
	const token = url.searchParams.get('token') ?? '';
	if (!(await firstRunIsOpen(token))) throw missing();
	return { token };
});

export const actions = formActions({
	default: openAction('firstRun', async (form) => {
		await setUp(fieldsOf(form), new Date());
		return { to: '/sign-in' };
	})
});
