import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { makeTemplate } from '#slices/classes/server/commands/write-template.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.copy) throw missing();
	return { class: head.class };
});

export const actions = formActions({
	default: formAction(makeTemplate, {
		then: ({ templateId }) => ({ to: `/classes/templates/${templateId}` })
	})
});
