import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import type { Finding } from '#slices/impact/finding.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { monthOf } from '#slices/impact/model.ts';
import { armMeans, firstStart, plannedBefore } from '#slices/impact/rules.ts';
import { discardStudy } from '#slices/impact/server/commands/design.ts';
import { drawLots, freezeStudy } from '#slices/impact/server/commands/plan.ts';
import { amendStudy, commentStudy } from '#slices/impact/server/commands/remark.ts';
import type { UnitOfStudy } from '#slices/impact/server/queries/findings.ts';
import type { PersonOfStudy } from '#slices/impact/server/queries/people-panel.ts';
import { studyById } from '#slices/impact/server/queries/studies.ts';
import { canTrace } from '#slices/reports/access.ts';

type Shown = UnitOfStudy & Partial<Pick<PersonOfStudy, 'group' | 'traits'>>;

const withoutNames = (finding: Finding): Finding => ({
	...finding,
	analysis: { ...finding.analysis, unitsCounted: [] },
	outcomes: finding.outcomes.map((one) => ({ ...one, analysis: { ...one.analysis, unitsCounted: [] } }))
});

export const load = page(async ({ db, actor, id, today }) => {
	const { panel, units, finding, ...rest } = await studyById(db, actor, id('study'));
	const ofPeople = rest.study.indicator.subject === 'person';
	const byUnit = Map.groupBy(panel, ({ unit }) => unit);
	return {
		...rest,
		// Of people nothing leaves the server that is one person's: neither a series nor who was counted.
		finding: finding && ofPeople ? withoutNames(finding) : finding,
		people: ofPeople
			? {
					treated: units.filter(({ treated }) => treated).length,
					all: units.length,
					groups: finding?.result.groups?.all ?? 0
				}
			: null,
		units: units.flatMap(({ group: _group, traits: _traits, ...unit }: Shown) =>
			ofPeople
				? rest.names === null
					? []
					: [{ ...unit, points: [] }]
				: [
						{
							...unit,
							points: (byUnit.get(unit.unitId) ?? []).map(({ period, value }) => ({
								month: monthOf(period),
								value
							}))
						}
					]
		),
		applied: units.some(({ lot }) => lot !== null),
		means: armMeans(panel, ofPeople ? SMALLEST_GROUP : 1),
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
