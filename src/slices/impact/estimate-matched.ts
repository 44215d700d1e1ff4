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

/** What is known of one person at the start; nulls are taken for the mean. */
export type Traits = { grade: number | null; age: number | null; post: string; kind: string };

/** What matching knows beside the series: people of a unit, or a person's traits. */
export type Known = {
	people: ReadonlyMap<string, number>;
	traits?: ReadonlyMap<string, Traits> | undefined;
};

/** Those who must be the same in a kind of post or unit are matched within it. */
export function strataOf(
	wanted: readonly Covariate[],
	ids: readonly string[],
	traits: Known['traits']
): string[] | null {
	const exact = (['post', 'kind'] as const).filter((one) => wanted.includes(one));
	if (exact.length === 0 || traits === undefined) return null;
	return ids.map((id) => exact.map((one) => traits.get(id)?.[one] ?? '').join(' / '));
}

/**
 * Each trained unit gets the nearest of the others by its propensity, without replacement, within 0.2 standard deviations;
 * what follows compares the changes of those pairs. Beside it the doubly robust estimate on changes of all units.
 */
export function byMatching(
	rows: readonly PanelRow[],
	units: UnitMeans,
	wanted: readonly Covariate[],
	known: Known
): Matching {
	const { names, used } = columnsOf(wanted, units, known);
	const exact = strataOf(wanted, units.ids, known.traits);
	const none = (failure: Failure | null): Matching => ({
		kept: null,
		failure,
		balance: [],
		unmatched: 0,
		others: []
	});
	if (units.treated.every((side) => side === 1) || units.treated.every((side) => side === 0))
		return none(null);
	const found = matchNearest(units.treated, used, exact === null ? {} : { exact });
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
	known: Known
): { names: Covariate[]; used: Float64Array[] } {
	const chosen: readonly Covariate[] = wanted.length === 0 ? ['level', 'trend'] : wanted;
	const told = chosen
		.filter((name) => name !== 'post' && name !== 'kind')
		.map((name) => ({ name, column: columnOf(name, units, known) }))
		.filter(({ column }) => column.some((value) => value !== column[0]));
	return { names: told.map(({ name }) => name), used: told.map(({ column }) => column) };
}

function doublyRobust(
	{ means, treated, clusters }: UnitMeans,
	columns: readonly Float64Array[]
): Estimated | null {
	const change = Float64Array.from(means, ({ before, after }) => after - before);
	const found = averageEffect(change, treated, columns, { clusters });
	if (typeof found === 'string' || !Number.isFinite(found.standardError) || found.standardError === 0)
		return null;
	const { estimate, standardError, interval } = found;
	const pValue = 2 * (1 - normalCdf(Math.abs(estimate / standardError)));
	return { method: 'weighted', estimate, standardError, df: null, interval, pValue };
}

function columnOf(
	covariate: Covariate,
	{ ids, means, slopes }: UnitMeans,
	{ people, traits }: Known
): Float64Array {
	if (covariate === 'grade' || covariate === 'age') {
		const values = ids.map((id) => traits?.get(id)?.[covariate] ?? null);
		const told = values.filter((value) => value !== null);
		const mean = told.length === 0 ? 0 : told.reduce((sum, value) => sum + value, 0) / told.length;
		return Float64Array.from(values, (value) => value ?? mean);
	}
	if (covariate === 'level') return Float64Array.from(means, ({ before }) => before);
	if (covariate === 'trend') return slopes;
	return Float64Array.from(ids, (id) => people.get(id) ?? 0);
}
