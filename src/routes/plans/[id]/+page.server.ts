import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import {
	approvePlan,
	decreePlan,
	returnPlan,
	submitPlan
} from '#slices/plans/server/commands/decide-plan.ts';
import { changePlan } from '#slices/plans/server/commands/write-plan.ts';
import { linesOf, planById } from '#slices/plans/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, today, event }) => {
	const list = listQuery(url, { sorts: ['sort'], size: 50 });
	const quarter = Number(url.searchParams.get('quarter'));
	const filter = {
		quarter: [1, 2, 3, 4].includes(quarter) ? quarter : undefined,
		breaks: url.searchParams.has('breaks')
	};
	return {
		...(await planById(db, actor, id('id'))),
		...(await linesOf(db, actor, id('id'), filter, { limit: list.size, offset: list.offset })),
		list,
		filter,
		today,
		zone: event.locals.ctx.agency?.timeZone
	};
});

export const actions = formActions({
	submit: formAction(submitPlan, { then: () => ({ say: 'plans.submit.done' }) }),
	return: formAction(returnPlan, { then: () => ({ say: 'plans.return.done' }) }),
	approve: formAction(approvePlan, { then: () => ({ say: 'plans.approve.done' }) }),
	decree: formAction(decreePlan, { then: () => ({ say: 'plans.decree.done' }) }),
	change: formAction(changePlan, { then: () => ({ say: 'plans.change.done' }) })
});
