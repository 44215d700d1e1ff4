import { describe, expect, test } from 'vitest';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { findingOf } from '#slices/impact/finding.ts';
import { monthIndex, monthOf } from '#slices/impact/model.ts';

import { DEFAULT_SEED, makeCities } from './people/agency.ts';
import { CHOSEN, INDICATORS, MONTHS, seriesOf, type IndicatorModel } from './year/indicators.ts';
import { drawnIn, isPilot, kecamatanIn, volunteersIn } from './year/treated.ts';

const medan = makeCities(DEFAULT_SEED).find(({ key }) => key === 'medan');
if (medan === undefined) throw new Error('no Medan');
const units = kecamatanIn(medan);
const drawn = drawnIn(DEFAULT_SEED, medan);
const chosen = volunteersIn(DEFAULT_SEED, medan);

/** The whole year round: the season follows the calendar, everything else the place in the list. */
describe.each([2026, 2027])('what is planted in the demo, seen by the product (loaded in %i)', (year) => {
	const last = monthIndex(`${year}-10-01`);
	const periods = Array.from({ length: MONTHS }, (_, at) => monthOf(last - MONTHS + 1 + at));
	const from = periods[MONTHS - 8] ?? '';
	const asked = (model: IndicatorModel, treated: ReadonlySet<string>, drift: number) => {
		const rows: PanelRow[] = seriesOf(DEFAULT_SEED, model, units, treated, periods, from, drift).map(
			({ unit, period, value }) => ({
				unit,
				period: monthIndex(period),
				treated: treated.has(unit),
				post: treated.has(unit) && period >= from,
				value
			})
		);
		const byLot = drift === 0;
		const applicants = new Set(units.filter((unit) => byLot && !isPilot(unit)));
		return findingOf({
			rows,
			better: model.better,
			outcomes: [],
			plannedBefore: true,
			smallestUseful: null,
			spillover: null,
			planned: units.length,
			setting: {
				design: byLot ? 'lottery' : 'before_after_comparison',
				drawn: applicants,
				covariates: [],
				people: new Map(),
				starts: new Map()
			}
		});
	};

	test.each(INDICATORS)('$code lies in its interval, and only a real effect is called one', (model) => {
		const { analysis, verdict } = asked(model, drawn, 0);
		expect(analysis.main.method).toBe('adjusted');
		expect(analysis.main.interval?.lower).toBeLessThanOrEqual(model.effect);
		expect(analysis.main.interval?.upper).toBeGreaterThanOrEqual(model.effect);
		expect(verdict.verdict).toBe(model.effect === 0 ? 'noEvidence' : 'better');
	});

	test('a selection is not sold as impact', () => {
		expect(asked(CHOSEN, chosen, CHOSEN.drift).verdict).toMatchObject({
			verdict: 'cannotTell',
			messageKey: 'impact.verdict.pathsDiffered'
		});
	});
});
