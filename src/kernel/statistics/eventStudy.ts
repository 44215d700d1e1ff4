import { meanOf, varianceOf } from './sample.ts';
import { tInterval, type Interval } from './student.ts';

export type EventPoint = {
	/** Periods since the start: 0 is the first period after it, −1 the reference just before. */
	relative: number;
	period: number;
	/** Treated minus comparison, each as change since the reference period. 0 at the reference itself. */
	difference: number;
	/** Null at the reference, and where either side has fewer than two units. */
	interval: Interval | null;
	treated: number;
	comparison: number;
};

export type EventRow = { unit: string; period: number; treated: boolean; value: number };

/** Change of each unit of one side since the reference, for the units seen in both periods. */
function changes(
	rows: readonly EventRow[],
	reference: ReadonlyMap<string, number>,
	treated: boolean
): number[] {
	return rows.flatMap((row) => {
		const before = reference.get(row.unit);
		return row.treated === treated && before !== undefined ? [row.value - before] : [];
	});
}

function interval(
	difference: number,
	treated: number[],
	comparison: number[],
	level: number
): Interval | null {
	const a = varianceOf(treated);
	const b = varianceOf(comparison);
	if (a === null || b === null) return null;
	const shareA = a / treated.length;
	const shareB = b / comparison.length;
	const variance = shareA + shareB;
	if (variance === 0) return { lower: difference, upper: difference, level };
	const df = variance ** 2 / (shareA ** 2 / (treated.length - 1) + shareB ** 2 / (comparison.length - 1));
	return tInterval(difference, Math.sqrt(variance), df, level);
}

/**
 * The path of the treated against the comparison units, period by period, against the last period before a common
 * `start`. Each unit gives one change, so units may be correlated over time in any way; the interval is Welch's
 * (1947) for two independent samples, each point by itself (not a simultaneous band). Before the start the points
 * should scatter around zero; after it they show when a change came. Periods where one side is missing are left out.
 */
export function eventStudy(rows: readonly EventRow[], start: number, level = 0.95): EventPoint[] {
	const byPeriod = Map.groupBy(rows, ({ period }) => period);
	const periods = [...byPeriod.keys()].sort((a, b) => a - b);
	const referencePeriod = periods.findLast((period) => period < start);
	if (referencePeriod === undefined) return [];
	const reference = new Map((byPeriod.get(referencePeriod) ?? []).map(({ unit, value }) => [unit, value]));
	return periods.flatMap((period) => {
		const here = byPeriod.get(period) ?? [];
		const treated = changes(here, reference, true);
		const comparison = changes(here, reference, false);
		if (treated.length === 0 || comparison.length === 0) return [];
		const difference = meanOf(treated) - meanOf(comparison);
		return [
			{
				relative: period - start,
				period,
				difference,
				interval: period === referencePeriod ? null : interval(difference, treated, comparison, level),
				treated: treated.length,
				comparison: comparison.length
			}
		];
	});
}
