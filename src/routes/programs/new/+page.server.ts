import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/programs/access.ts';
import { createProgram } from '#slices/programs/server/commands/create-program.ts';

export const load = page(async ({ actor }) => {
	if (!canEdit(actor)) throw missing();
});

export const actions = formActions({
	default: formAction(createProgram, {
		then: ({ versionId }) => ({ to: `/programs/version/${versionId}/edit` })
	})
});
