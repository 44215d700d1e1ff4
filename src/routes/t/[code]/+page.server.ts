import { redirect } from '@sveltejs/kit';
import { page } from '#platform/http/page.ts';
import { formAtAddress } from '#slices/evaluation/server/queries.ts';
import { formPath } from '#slices/evaluation/form-path.ts';

/** The short address of a class's reactions: to the form that is awaited from whoever comes, after sign-in. */
export const load = page(async ({ db, actor, text, now, today }) =>
	redirect(303, formPath(await formAtAddress(db, actor, text('code'), null, now, today)))
);
