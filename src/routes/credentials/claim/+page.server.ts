import { isId } from '#kernel/ids.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { claimExternal, discardClaim } from '#slices/credentials/server/commands/claims.ts';
import { claimToChange } from '#slices/credentials/server/queries/claims.ts';
import { FORMS } from '#slices/programs/public.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const entry = url.searchParams.get('entry');
	return {
		// Study leave is claimed by the semester, though no program has that form.
		forms: [...FORMS, 'PD01'],
		today,
		claim: entry !== null && isId(entry) ? await claimToChange(db, actor, entry) : null
	};
});

export const actions = formActions({
	claim: formAction(claimExternal, {
		input: async (form) => {
			const { evidence, send, ...typed } = fieldsOf(form);
			return {
				...typed,
				send: send !== 'draft',
				...(evidence instanceof File && evidence.size > 0
					? {
							evidence: {
								name: evidence.name.slice(0, 200),
								bytes: new Uint8Array(await evidence.arrayBuffer())
							}
						}
					: {})
			};
		},
		then: () => ({ to: '/credentials' })
	}),
	discard: formAction(discardClaim, { then: () => ({ to: '/credentials' }) })
});
