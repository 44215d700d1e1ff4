import type { PanelRow } from '#kernel/statistics/panel.ts';
import { randomFrom } from '#kernel/statistics/random.ts';
import type { Setting } from './estimate.ts';
import type { Question } from './finding.ts';
import type { Design } from './model.ts';

export type Town = {
	units?: number;
	trained?: number;
	effect?: number;
	/** First month of the nth trained unit. */
	startOf?: (unit: number) => number;
	value?: (unit: number, month: number) => number;
};

/** Months 0 to 23 of kecamatan with levels, a season and a scatter drawn once; the first are trained from month 12 on. */
export function panel({
	units = 24,
	trained = 12,
	effect = -6,
	startOf = () => 12,
	value
}: Town = {}): PanelRow[] {
	return Array.from({ length: units }, (_, unit) =>
		Array.from({ length: 24 }, (__, month) => {
			const treated = unit < trained;
			const post = treated && month >= startOf(unit);
			const scatter = 2 * randomFrom(unit * 100 + month)() - 1;
			const level = 25 + ((unit * 5) % 13) + 2 * Math.sin((month * Math.PI) / 6) + scatter;
			return {
				unit: `k${unit}`,
				period: month,
				treated,
				post,
				value: value?.(unit, month) ?? level + (post ? effect : 0)
			};
		})
	).flat();
}

export const setting = (design: Design, over: Partial<Setting> = {}): Setting => ({
	design,
	drawn: new Set(),
	covariates: ['level', 'trend'],
	people: new Map(),
	starts: new Map(),
	...over
});
export const everybody = (rows: readonly PanelRow[]) => new Set(rows.map(({ unit }) => unit));
export const question = (
	rows: readonly PanelRow[],
	design: Design,
	over: Partial<Question> = {}
): Question => ({
	rows,
	better: 'lower',
	outcomes: [],
	plannedBefore: true,
	smallestUseful: null,
	spillover: null,
	planned: everybody(rows).size,
	setting: setting(design, design === 'lottery' ? { drawn: everybody(rows) } : {}),
	...over
});
