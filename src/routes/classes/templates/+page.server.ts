import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { takeTemplate } from '#slices/classes/server/commands/write-template.ts';
import { templatesFor } from '#slices/classes/server/queries/templates.ts';

export const load = page(async ({ db, actor }) => templatesFor(db, actor));

export const actions = formActions({
	default: formAction(takeTemplate, {
		then: ({ templateId }) => ({ to: `/classes/templates/${templateId}` })
	})
});
