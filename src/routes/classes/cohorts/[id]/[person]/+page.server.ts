import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { moveInSplit } from '#slices/classes/server/commands/move-in-split.ts';
import { wishInSplit } from '#slices/classes/server/commands/start-split.ts';
import { personInSplit } from '#slices/classes/server/queries/person-in-split.ts';

export const load = page(({ db, actor, id }) => personInSplit(db, actor, id('id'), id('person')));

export const actions = formActions({
	move: formAction(moveInSplit, {
		then: ({ name }) => ({ say: 'classes.split.movedDone', params: { name } })
	}),
	wish: formAction(wishInSplit, { then: () => ({ say: 'classes.split.changed' }) })
});
