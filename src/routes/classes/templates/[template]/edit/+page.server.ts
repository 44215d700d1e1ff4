import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { saveTemplate } from '#slices/classes/server/commands/write-template.ts';
import { templateById, templateFormChoices } from '#slices/classes/server/queries/templates.ts';

export const load = page(async ({ db, actor, id }) => ({
	template: await templateById(db, actor, id('template')),
	...(await templateFormChoices(db, actor))
}));

export const actions = formActions({
	default: formAction(saveTemplate, {
		then: ({ templateId }) => ({ to: `/classes/templates/${templateId}` })
	})
});
