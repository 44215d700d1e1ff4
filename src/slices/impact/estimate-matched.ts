import { averageEffect } from '#kernel/statistics/averageEffect.ts';
import { balanceOf, matchNearest } from '#kernel/statistics/matching.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { normalCdf } from '#kernel/statistics/normal.ts';
import type { Estimated, Failure } from './estimate.ts';
import type { UnitMeans } from './estimate-units.ts';
import type { Covariate } from './model.ts';

export type CovariateBalance = { covariate: Covariate; before: number; after: number };

type Matching = {
	/** Rows of the matched units; null when there are none. */
	kept: PanelRow[] | null;
	failure: Failure | null;
	balance: CovariateBalance[];
	unmatched: number;
	others: Estimated[];
};

/** Apart by more than this in any covariate (standard deviations), matched units are not alike (Rubin 2001). */
export const APART = 0.25;

/**
 * Each trained unit gets the nearest of the others by its propensity, without replacement, within 0.2 standard deviations;
 * what follows compares the changes of those pairs. Beside it the doubly robust estimate on changes of all units.
 */
export function byMatching(
	rows: readonly PanelRow[],
	units: UnitMeans,
	wanted: readonly Covariate[],
	people: ReadonlyMap<string, number>
): Matching {
	const { names, used } = columnsOf(wanted, units, people);
	const none = (failure: Failure | null): Matching => ({
		kept: null,
		failure,
		balance: [],
		unmatched: 0,
		others: []
	});
	if (units.treated.every((side) => side === 1) || units.treated.every((side) => side === 0))
		return none(null);
	const found = matchNearest(units.treated, used);
	if (typeof found === 'string') return none(found === 'oneSide' ? null : found);
	const balance = balanceOf(units.treated, used, found.weights).flatMap((one, at) => {
		const covariate = names[at];
		return covariate === undefined ? [] : [{ covariate, ...one }];
	});
	const kept = new Set(units.ids.filter((_, at) => (found.weights[at] ?? 0) > 0));
	return {
		kept: rows.filter(({ unit }) => kept.has(unit)),
		failure: balance.some(({ after }) => Math.abs(after) > APART) ? 'unbalanced' : null,
		balance,
		unmatched: found.unmatched.length,
		others: [doublyRobust(units, used)].flatMap((one) => (one === null ? [] : [one]))
	};
}

/** The columns that tell units apart: one that is the same for every unit tells nothing, and the regression could not take it. */
export function columnsOf(
	wanted: readonly Covariate[],
	units: UnitMeans,
	people: ReadonlyMap<string, number>
): { names: Covariate[]; used: Float64Array[] } {
	const chosen: readonly Covariate[] = wanted.length === 0 ? ['level', 'trend'] : wanted;
	const told = chosen
		.map((name) => ({ name, column: columnOf(name, units, people) }))
		.filter(({ column }) => column.some((value) => value !== column[0]));
	return { names: told.map(({ name }) => name), used: told.map(({ column }) => column) };
}

function doublyRobust({ means, treated }: UnitMeans, columns: readonly Float64Array[]): Estimated | null {
	const change = Float64Array.from(means, ({ before, after }) => after - before);
	const found = averageEffect(change, treated, columns);
	if (typeof found === 'string' || !Number.isFinite(found.standardError) || found.standardError === 0)
		return null;
	const { estimate, standardError, interval } = found;
	const pValue = 2 * (1 - normalCdf(Math.abs(estimate / standardError)));
	return { method: 'weighted', estimate, standardError, df: null, interval, pValue };
}

function columnOf(
	covariate: Covariate,
	{ ids, means, slopes }: UnitMeans,
	people: ReadonlyMap<string, number>
): Float64Array {
	if (covariate === 'level') return Float64Array.from(means, ({ before }) => before);
	if (covariate === 'trend') return slopes;
	return Float64Array.from(ids, (id) => people.get(id) ?? 0);
}
