import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEdit } from '#slices/impact/access.ts';
import {
	changeIndicator,
	redefineIndicator,
	retireIndicator
} from '#slices/impact/server/commands/indicator.ts';
import { indicatorById, versionsOf } from '#slices/impact/server/queries/indicators.ts';

export const load = page(async ({ db, actor, id }) => {
	if (!canEdit(actor)) throw missing();
	const indicator = await indicatorById(db, actor, id('id'));
	return { indicator, versions: await versionsOf(db, indicator.id) };
});

export const actions = formActions({
	change: formAction(changeIndicator, { then: () => ({ say: 'impact.indicator.changed' }) }),
	redefine: formAction(redefineIndicator, { then: () => ({ say: 'impact.indicator.redefined' }) }),
	retire: formAction(retireIndicator, { then: () => ({ say: 'impact.indicator.retiredNow' }) }),
	revive: formAction(retireIndicator, { then: () => ({ say: 'impact.indicator.revivedNow' }) })
});
