import { redirect } from '@sveltejs/kit';
import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { formPath } from '#slices/evaluation/form-path.ts';
import { formAtAddress } from '#slices/evaluation/server/queries.ts';

/** The short address of one session's form, by its number in the class. */
export const load = page(async ({ db, actor, text, now, today }) => {
	const number = text('number');
	if (!/^\d{1,3}$/.test(number)) throw missing();
	redirect(303, formPath(await formAtAddress(db, actor, text('code'), Number(number), now, today)));
});
