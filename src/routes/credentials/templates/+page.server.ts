import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { makeTemplate } from '#slices/credentials/server/commands/templates.ts';
import { templateChoices } from '#slices/credentials/server/queries/templates.ts';

export const load = page(async ({ db, actor }) => {
	if (!canIssue(actor)) throw missing();
	return { templates: await templateChoices(db) };
});

export const actions = formActions({
	make: formAction(makeTemplate, {
		then: ({ templateId }) => ({ to: `/credentials/templates/${templateId}` })
	})
});
