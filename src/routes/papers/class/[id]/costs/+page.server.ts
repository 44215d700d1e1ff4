import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { planCost, realiseCost, removeCost } from '#slices/papers/server/commands/costs.ts';
import { costsOfClass } from '#slices/papers/server/queries/costs.ts';

export const load = page(async ({ db, actor, id, event }) => {
	const head = await classById(db, actor, id('id'));
	return {
		class: { id: head.class.id, name: head.class.name },
		...(await costsOfClass(db, actor, head.class.id)),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	plan: formAction(planCost, { then: () => ({ say: 'papers.cost.planned' }) }),
	realise: formAction(realiseCost, { then: () => ({ say: 'papers.cost.realised' }) }),
	remove: formAction(removeCost, { then: () => ({ say: 'papers.cost.removed' }) })
});
