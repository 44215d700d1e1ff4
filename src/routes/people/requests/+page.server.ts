import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { decideCorrection } from '#slices/people/server/commands/correct-record.ts';
import { correctionsUndone, correctionsWaitingFor } from '#slices/people/server/queries/corrections.ts';

export const load = page(async ({ db, actor }) => {
	if (!hasAbility(actor, 'people.correct')) throw missing();
	return {
		waiting: await correctionsWaitingFor(db, actor),
		undone: await correctionsUndone(db, actor)
	};
});

export const actions = formActions({
	decide: formAction(decideCorrection, { then: () => ({ say: 'people.decide.done' }) })
});
