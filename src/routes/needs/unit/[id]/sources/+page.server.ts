import { missing } from '#kernel/errors.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canPropose } from '#slices/needs/proposal-access.ts';
import {
	addGoal,
	endGoal,
	importServices,
	recordPerformance,
	recordService
} from '#slices/needs/server/commands/record-need-sources.ts';
import { goalsOf, serviceResults } from '#slices/needs/server/queries/need-sources.ts';
import { serviceBandsOn } from '#slices/needs/server/queries/need-rulesets.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';
import { serviceRowsOf } from '#slices/needs/service-rows.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const unit = await unitInView(db, actor, id('id'));
	if (!canPropose(actor, { unitPath: unit.path })) throw missing();
	const year = Number(today.slice(0, 4));
	return {
		unit,
		year,
		goals: await goalsOf(db, unit, year + 1),
		service: await serviceResults(db, unit, await serviceBandsOn(db, today))
	};
});

const LARGEST_BYTES = 1_000_000;

export const actions = formActions({
	service: formAction(recordService, {
		input: (form) => fieldsOf(form),
		then: () => ({ say: 'needs.unit.saved' })
	}),
	services: formAction(importServices, {
		input: async (form) => {
			const file = form.get('file');
			const text = file instanceof File && file.size <= LARGEST_BYTES ? await file.text() : '';
			return { rows: serviceRowsOf(text) };
		},
		then: ({ count }) => ({ say: 'needs.unit.imported', params: { count: formatNumber(count) } })
	}),
	goal: formAction(addGoal, { then: () => ({ say: 'needs.unit.saved' }) }),
	endGoal: formAction(endGoal, { then: () => ({ say: 'needs.unit.saved' }) }),
	performance: formAction(recordPerformance, { then: () => ({ say: 'needs.unit.saved' }) })
});
