import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { changeClass } from '#slices/classes/server/commands/write-class.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.manage) throw missing();
	return { class: head.class };
});

export const actions = formActions({
	default: formAction(changeClass, { then: ({ classId }) => ({ to: `/classes/${classId}` }) })
});
