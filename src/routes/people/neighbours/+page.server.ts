import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canSetNeighbours } from '#slices/people/access.ts';
import { addNeighbours } from '#slices/people/server/commands/set-neighbours.ts';
import { neighbourMap } from '#slices/people/server/queries/neighbours.ts';

export const load = page(async ({ db, actor }) => ({
	subdistricts: await neighbourMap(db, actor),
	can: { set: canSetNeighbours(actor) }
}));

export const actions = formActions({
	add: formAction(addNeighbours, {
		then: ({ added }) => ({ say: 'people.neighbours.added', params: { added } })
	})
});
