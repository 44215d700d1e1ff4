import { formatMoney } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { NotTold, Ratio } from '../costs.ts';
import type { Indicator } from '../model.ts';
import { subjectWords } from './words.ts';

const WHY: Record<NotTold, () => string> = {
	'impact.costs.noCost': m['impact.costs.noCost'],
	'impact.costs.noEffect': m['impact.costs.noEffect'],
	'impact.costs.spansZero': m['impact.costs.spansZero'],
	'impact.costs.worse': m['impact.costs.worse']
};

const money = (value: number): string => formatMoney(Math.round(value));

/** What one unit of effect cost, with its interval; or why that cannot be told. */
export const costOfEffect = (cost: Ratio, indicator: Indicator): string =>
	'reason' in cost
		? `${m['impact.costs.untold']()}: ${WHY[cost.reason]()}`
		: m['impact.costs.perEffect']({
				unit: indicator.unitOfMeasure,
				...subjectWords(indicator),
				value: money(cost.value),
				lower: money(cost.lower),
				upper: money(cost.upper)
			});
