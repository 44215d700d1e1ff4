import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { handOver } from '#slices/classes/server/commands/hand-over.ts';
import { changeClass } from '#slices/classes/server/commands/write-class.ts';
import { ownerChoices } from '#slices/classes/server/queries/choices.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.manage) throw missing();
	return { class: head.class, owners: await ownerChoices(db, actor) };
});

export const actions = formActions({
	change: formAction(changeClass, { then: ({ classId }) => ({ to: `/classes/${classId}` }) }),
	handOver: formAction(handOver, { then: () => ({ say: 'classes.handOver.done' }) })
});
