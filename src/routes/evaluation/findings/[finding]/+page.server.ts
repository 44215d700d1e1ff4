import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { nameOwner } from '#slices/evaluation/server/commands/name-owner.ts';
import { findingById } from '#slices/evaluation/server/finding-list.ts';

export const load = page(async ({ db, actor, id }) => ({
	finding: await findingById(db, actor, id('finding'))
}));

export const actions = formActions({
	owner: formAction(nameOwner, { then: () => ({ say: 'evaluation.owner.done' }) })
});
