import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { monthOf } from '#slices/impact/model.ts';
import { armMeans, firstStart, plannedBefore } from '#slices/impact/rules.ts';
import { discardStudy } from '#slices/impact/server/commands/design.ts';
import { drawLots, freezeStudy } from '#slices/impact/server/commands/plan.ts';
import { amendStudy, commentStudy } from '#slices/impact/server/commands/remark.ts';
import { studyById } from '#slices/impact/server/queries/studies.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const { panel, units, ...rest } = await studyById(db, actor, id('study'));
	const byUnit = Map.groupBy(panel, ({ unit }) => unit);
	return {
		...rest,
		units: units.map((unit) => ({
			...unit,
			points: (byUnit.get(unit.unitId) ?? []).map(({ period, value }) => ({ month: monthOf(period), value }))
		})),
		means: armMeans(panel),
		start: firstStart(units),
		/** What freezing it today would mean. */
		inTime: plannedBefore(units, today),
		trace: canTrace(actor)
	};
});

export const actions = formActions({
	freeze: formAction(freezeStudy, { then: () => ({ say: 'impact.study.frozenNow' }) }),
	draw: formAction(drawLots, { then: () => ({ say: 'impact.draw.done' }) }),
	amend: formAction(amendStudy, { then: () => ({ say: 'impact.remark.amended' }) }),
	comment: formAction(commentStudy, { then: () => ({ say: 'impact.remark.commented' }) }),
	discard: formAction(discardStudy, { then: () => ({ to: '/impact' }) })
});
