import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { retireTemplate, saveTemplate } from '#slices/credentials/server/commands/templates.ts';
import { longestName, templateFor } from '#slices/credentials/server/queries/templates.ts';
import { layoutTyped } from '#slices/credentials/template.ts';

export const load = page(async ({ db, actor, id }) => ({
	template: await templateFor(db, actor, id('id')),
	longest: (await longestName(db)).name
}));

export const actions = formActions({
	save: formAction(saveTemplate, {
		input: (form) => layoutTyped(fieldsOf(form)),
		then: ({ templateId }) => ({ to: `/credentials/templates/${templateId}` })
	}),
	retire: formAction(retireTemplate, { then: () => ({ to: '/credentials/templates' }) })
});
