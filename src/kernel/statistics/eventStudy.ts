import { leastSquares } from './leastSquares.ts';
import { clusterAt, type Panel } from './panel.ts';
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

type Sides = {
	treated: number[];
	comparison: number[];
	clusters: { treated: number[]; comparison: number[] };
};

function clustered(
	difference: number,
	{ treated, comparison, clusters }: Sides,
	level: number
): Interval | null {
	const change = Float64Array.from([...treated, ...comparison]);
	const side = Float64Array.from(change, (_, at) => (at < treated.length ? 1 : 0));
	const fit = leastSquares([new Float64Array(change.length).fill(1), side], change, {
		clusters: [...clusters.treated, ...clusters.comparison]
	});
	const error = fit?.standardErrors[1] ?? NaN;
	return fit !== null && fit.df > 0 && Number.isFinite(error)
		? tInterval(difference, error, fit.df, level)
		: null;
}

/**
 * The path of the treated against the comparison units, period by period, against the last period before a common
 * `start`. Each unit gives one change, so units may be correlated over time in any way; the interval is Welch's
 * (1947) for two independent samples, or of units in clusters the clustered one, each point by itself (not a
 * simultaneous band). Before the start the points
 * should scatter around zero; after it they show when a change came. Periods where one side is missing are left out.
 */
export function eventStudy(panel: Panel, start: number, level = 0.95): EventPoint[] {
	const { unitOf, units, periodOf, periods, treated, value } = panel;
	const referencePlace = periods.findLastIndex((period) => period < start);
	if (referencePlace === -1) return [];
	const reference = new Float64Array(units).fill(NaN);
	for (let row = 0; row < value.length; row++)
		if (periodOf[row] === referencePlace) reference[unitOf[row] ?? 0] = value[row] ?? NaN;
	// Each unit's change since the reference, by period and side, for the units seen in both periods.
	const changes = Array.from(periods, () => ({
		treated: [] as number[],
		comparison: [] as number[],
		clusters: { treated: [] as number[], comparison: [] as number[] }
	}));
	for (let row = 0; row < value.length; row++) {
		const change = (value[row] ?? NaN) - (reference[unitOf[row] ?? 0] ?? NaN);
		if (Number.isNaN(change)) continue;
		const side = treated[row] === 1 ? 'treated' : 'comparison';
		const at = changes[periodOf[row] ?? 0];
		at?.[side].push(change);
		if (panel.clusterOf !== undefined) at?.clusters[side].push(clusterAt(panel, unitOf[row] ?? 0));
	}
	return changes.flatMap((sides, place) => {
		if (sides.treated.length === 0 || sides.comparison.length === 0) return [];
		const period = periods[place] ?? 0;
		const difference = meanOf(sides.treated) - meanOf(sides.comparison);
		return [
			{
				relative: period - start,
				period,
				difference,
				interval:
					place === referencePlace
						? null
						: panel.clusterOf === undefined
							? interval(difference, sides.treated, sides.comparison, level)
							: clustered(difference, sides, level),
				treated: sides.treated.length,
				comparison: sides.comparison.length
			}
		];
	});
}
