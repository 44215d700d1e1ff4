import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { changeCost } from '#slices/papers/server/commands/costs.ts';
import { costOf } from '#slices/papers/server/queries/one-cost.ts';

export const load = page(async ({ db, actor, id, event }) => {
	const head = await classById(db, actor, id('id'));
	return {
		class: { id: head.class.id, name: head.class.name },
		...(await costOf(db, actor, head.class.id, id('cost'))),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	change: formAction(changeCost, { then: () => ({ say: 'papers.cost.changed' }) })
});
