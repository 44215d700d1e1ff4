import { multiplierBootstrap } from '#kernel/statistics/multiplierBootstrap.ts';
import { gathered } from '#kernel/statistics/averageEffect.ts';
import { clusterAt, panelOf, type Panel, type PanelRow } from '#kernel/statistics/panel.ts';
import { staggeredAdoption } from '#kernel/statistics/staggeredAdoption.ts';
import type { Aggregate, AggregateAt } from '#kernel/statistics/staggeredAggregates.ts';
import { pValueOf, tInterval, type Interval } from '#kernel/statistics/student.ts';
import type { Estimated, Method } from './estimate.ts';
import { startsIn } from './estimate-units.ts';

/** Effects by months since the start; the band holds all of them at once. */
export type EventBand = {
	points: { relative: number; difference: number; interval: Interval | null; band: Interval | null }[];
	level: number;
};

/** The answer of staggered starts, without what is drawn beside it; as an estimate and interval. */
export function groupsEffect(panel: Panel, starts: Float64Array, level = 0.95) {
	const outcome = new Float64Array(panel.units * panel.periods.length).fill(NaN);
	for (let row = 0; row < panel.value.length; row++)
		outcome[(panel.periodOf[row] ?? 0) * panel.units + (panel.unitOf[row] ?? 0)] = panel.value[row] ?? NaN;
	const found = staggeredAdoption(
		{ periods: [...panel.periods], starts, outcome, clusterOf: panel.clusterOf },
		{ comparison: 'notYet' }
	);
	// Whoever is treated from the first period on has no before and counts nowhere.
	const first = panel.periods[0] ?? 0;
	const counted = [...starts.keys()].filter((unit) => (starts[unit] ?? Infinity) > first);
	const independent = new Set(counted.map((unit) => clusterAt(panel, unit))).size;
	const df = Math.max(1, independent - 1);
	const told = (method: Method, mean: Aggregate | null): Estimated => {
		const error = mean?.standardError ?? null;
		if (mean === null || error === null || !Number.isFinite(error))
			return {
				method,
				estimate: mean?.estimate ?? null,
				standardError: null,
				df: null,
				interval: null,
				pValue: null
			};
		return {
			method,
			estimate: mean.estimate,
			standardError: error,
			df,
			interval: tInterval(mean.estimate, error, df, level),
			pValue: pValueOf(mean.estimate, error, df)
		};
	};
	return { found, df, told, main: told('groups', found.byGroup.overall) };
}

/**
 * Callaway & Sant'Anna (2021) with the units not (yet) trained as comparison. The answer is the mean of the groups' effects
 * by their sizes: what a trained unit gained on average. Intervals by t with as many degrees of freedom as units (or clusters) less one,
 * because these studies have dozens of units where the paper has thousands.
 */
export function byStarts(
	rows: readonly PanelRow[],
	planned: ReadonlyMap<string, number>
): {
	main: Estimated;
	others: Estimated[];
	event: EventBand | null;
	preTest: number | null;
} {
	const panel = panelOf(rows);
	const { found, df, told, main } = groupsEffect(panel, startsIn(rows, panel.units, planned));
	// A Wald test over nearly as many effects as units of a side rejects far too often: then nothing is said by it.
	const test = found.preTest;
	const side = Math.min(
		(df + 1) / 2,
		found.neverTreated === 0
			? found.units / 2
			: Math.min(found.neverTreated, found.units - found.neverTreated)
	);
	return {
		main,
		others: [
			told('groupsSimple', found.simple),
			told('groupsDynamic', found.byExposure.overall),
			told('groupsCalendar', found.byCalendar.overall)
		],
		event: bandOf(found.byExposure.effects, found.units, df, panel.clusterOf),
		preTest: test !== null && test.df * 4 <= side && Number.isFinite(test.pValue) ? test.pValue : null
	};
}

function bandOf(
	effects: readonly AggregateAt[],
	units: number,
	df: number,
	clusterOf: Int32Array | undefined
): EventBand | null {
	if (effects.length === 0) return null;
	const sure = effects.filter(({ standardError }) => standardError !== null && standardError > 0);
	const { critical, level } = multiplierBootstrap(
		sure.map(({ influence }) => gathered(influence, clusterOf)),
		units
	);
	return {
		level,
		points: effects.map(({ at, estimate, standardError }) => ({
			relative: at,
			difference: estimate,
			interval: standardError === null ? null : tInterval(estimate, standardError, df, level),
			band:
				standardError === null
					? null
					: { lower: estimate - critical * standardError, upper: estimate + critical * standardError, level }
		}))
	};
}
