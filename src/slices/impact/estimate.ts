import { didOf, type DifferenceInDifferences } from '#kernel/statistics/differenceInDifferences.ts';
import { FEW_CLUSTERS, randomizationTest } from '#kernel/statistics/fewClusters.ts';
import { panelOf, type PanelRow } from '#kernel/statistics/panel.ts';
import { pairedDifference } from '#kernel/statistics/pairedDifference.ts';
import { leastSquares } from '#kernel/statistics/leastSquares.ts';
import { pValueOf, studentQuantile, tInterval, type Interval } from '#kernel/statistics/student.ts';
import { byLot } from './estimate-lottery.ts';
import { byMatching, type CovariateBalance, type Traits } from './estimate-matched.ts';
import { byStarts, type EventBand } from './estimate-staggered.ts';
import { firstStart, startsIn, unitsOf } from './estimate-units.ts';
import type { Covariate, Design } from './model.ts';

export type Method =
	| 'adjusted'
	| 'means'
	| 'twoWay'
	| 'groups'
	| 'groupsSimple'
	| 'groupsDynamic'
	| 'groupsCalendar'
	| 'matched'
	| 'weighted'
	| 'change';

/** One estimate of the effect, however it was made. Nulls: it cannot be told. */
export type Estimated = {
	method: Method;
	estimate: number | null;
	standardError: number | null;
	df: number | null;
	interval: Interval | null;
	pValue: number | null;
};

/** Why the design's own estimator gives nothing. */
export type Failure =
	'constant' | 'separated' | 'noOverlap' | 'collinear' | 'unbalanced' | 'noComparisonByDesign';

export type Analysis = {
	/** Which design was followed: a lottery without a stored draw is only a comparison before and after. */
	followed: Design;
	/** Two-way fixed effects on the rows that count, with everything that is drawn from them. */
	base: DifferenceInDifferences;
	main: Estimated;
	/** Other ways of estimating the same, for whoever doubts the first. */
	others: Estimated[];
	failure: Failure | null;
	/** Fewer than 30 units: treatment dealt out anew among them. */
	dealtAgain: { pValue: number; draws: number; exact: boolean } | null;
	/** Are all differences before the start zero together? Null where it cannot be told. */
	preTest: number | null;
	/** The same comparison as if the training had begun in the middle of the months before. */
	placeboDate: Estimated | null;
	balance: CovariateBalance[];
	/** Trained units without anybody like them, or that took no part in the lottery. */
	unitsAside: number;
	/** Units measured before and after the start. */
	counted: number;
	/** Units whose rows enter the answer. */
	unitsCounted: string[];
	event: EventBand | null;
	/** Smallest effect that this study would have seen in four of five worlds: (t₀.₉₇₅ + t₀.₈) × standard error. */
	detectable: number | null;
};

export type Setting = {
	design: Design;
	/** Units whose part a stored draw decided. */
	drawn: ReadonlySet<string>;
	covariates: readonly Covariate[];
	/** People of each unit at the start. */
	people: ReadonlyMap<string, number>;
	/** Month in which each trained unit was to start, by the plan. */
	starts: ReadonlyMap<string, number>;
	/** Of a study of people: what they are matched by beside their series. */
	traits?: ReadonlyMap<string, Traits> | undefined;
};

const DRAWS = 499;

/** The estimator that the design carries, chosen by it and by nobody (see ESTIMATOR_TEXT). */
export function analyse(rows: readonly PanelRow[], setting: Setting): Analysis {
	const followed =
		setting.design === 'lottery' && setting.drawn.size === 0 ? 'before_after_comparison' : setting.design;
	const all = followed === 'lottery' ? rows.filter(({ unit }) => setting.drawn.has(unit)) : rows;
	const aside = unitCount(rows) - unitCount(all);
	const start = firstStart(all);
	const none: Pick<
		Analysis,
		'balance' | 'event' | 'preTest' | 'others' | 'failure' | 'unitsAside' | 'counted'
	> = {
		balance: [],
		event: null,
		preTest: null,
		others: [],
		failure: null,
		unitsAside: aside,
		counted: unitsOf(all, start).ids.length
	};
	const base = didOf(panelOf(all));
	const twoWay = estimatedBy('twoWay', base);
	if (all.length > 0 && all.every(({ value }) => value === all[0]?.value))
		return finished(
			{ ...none, followed, base, main: nothing(twoWay), failure: 'constant' },
			all,
			start,
			setting.starts
		);
	switch (followed) {
		case 'lottery': {
			const { main, others } = byLot(unitsOf(all, start));
			return finished(
				{ ...none, followed, base, main, others: [...others, twoWay] },
				all,
				start,
				setting.starts
			);
		}
		case 'staggered_start': {
			const found = byStarts(all, setting.starts);
			return finished(
				{ ...none, ...found, followed, base, others: [...found.others, twoWay] },
				all,
				start,
				setting.starts
			);
		}
		case 'matched': {
			const found = byMatching(all, unitsOf(all, start), setting.covariates, setting);
			const matched = found.kept === null ? base : didOf(panelOf(found.kept));
			const main = found.kept === null ? nothing(twoWay) : estimatedBy('matched', matched);
			return finished(
				{
					...none,
					followed,
					base: matched,
					main,
					others: [...found.others, twoWay],
					failure: found.failure,
					balance: found.balance,
					unitsAside: found.unmatched
				},
				found.kept ?? all,
				start,
				setting.starts
			);
		}
		case 'before_after':
			return finished(
				{ ...none, followed, base, main: changeOf(all, start), failure: 'noComparisonByDesign' },
				all,
				start,
				setting.starts
			);
		default:
			return finished({ ...none, followed, base, main: twoWay }, all, start, setting.starts);
	}
}

export const estimatedBy = (method: Method, found: DifferenceInDifferences): Estimated => ({
	method,
	estimate: found.estimate,
	standardError: found.standardError,
	df: found.interval === null ? null : found.df,
	interval: found.interval,
	pValue: found.pValue
});

const nothing = (one: Estimated): Estimated => ({
	...one,
	estimate: null,
	standardError: null,
	df: null,
	interval: null,
	pValue: null
});

type Unfinished = Omit<Analysis, 'unitsCounted' | 'dealtAgain' | 'placeboDate' | 'detectable'>;

function finished(
	found: Unfinished,
	rows: readonly PanelRow[],
	start: number | null,
	planned: ReadonlyMap<string, number>
): Analysis {
	const { main } = found;
	const units = unitCount(rows);
	const told = main.interval !== null && found.failure === null;
	return {
		...found,
		unitsCounted: [...new Set(rows.map(({ unit }) => unit))],
		// People are dealt out one by one, which only a lottery does.
		dealtAgain:
			told && units < FEW_CLUSTERS && (rows[0]?.cluster === undefined || found.followed === 'lottery')
				? dealt(rows, planned)
				: null,
		placeboDate: told && start !== null && found.followed !== 'before_after' ? earlier(rows, start) : null,
		detectable:
			told && main.standardError !== null && main.df !== null
				? (studentQuantile(0.975, main.df) + studentQuantile(0.8, main.df)) * main.standardError
				: null
	};
}

function dealt(rows: readonly PanelRow[], planned: ReadonlyMap<string, number>): Analysis['dealtAgain'] {
	const panel = panelOf(rows);
	return randomizationTest(panel, startsIn(rows, panel.units, planned), panel.value, { draws: DRAWS });
}

/** Before the start nobody was trained: whatever "changes" in the middle of that time is no effect. */
function earlier(rows: readonly PanelRow[], start: number): Estimated | null {
	const before = rows.filter(({ period }) => period < start);
	const periods = [...new Set(before.map(({ period }) => period))].sort((a, b) => a - b);
	if (periods.length < 4) return null;
	const middle = periods[Math.floor(periods.length / 2)] ?? start;
	const found = estimatedBy(
		'twoWay',
		didOf(panelOf(before.map((row) => ({ ...row, post: row.treated && row.period >= middle }))))
	);
	return found.interval === null ? null : found;
}

function changeOf(rows: readonly PanelRow[], start: number | null): Estimated {
	const { means, treated, clusters } = unitsOf(rows, start);
	if (clusters !== undefined) return clusteredChange(means, treated, clusters);
	const found = pairedDifference(means.filter((_, at) => treated[at] === 1));
	return {
		method: 'change',
		estimate: found.meanDifference,
		standardError: found.standardError,
		df: found.interval === null ? null : found.df,
		interval: found.interval,
		pValue: found.pValue
	};
}

/** The same mean with its error counted by cluster. */
function clusteredChange(
	means: readonly { before: number; after: number }[],
	treated: Uint8Array,
	clusters: Int32Array
): Estimated {
	const kept = means.flatMap(({ before, after }, at) =>
		treated[at] === 1 ? [{ change: after - before, cluster: clusters[at] ?? 0 }] : []
	);
	const fit = leastSquares(
		[new Float64Array(kept.length).fill(1)],
		Float64Array.from(kept, ({ change }) => change),
		{ clusters: kept.map(({ cluster }) => cluster) }
	);
	const estimate = fit?.coefficients[0] ?? null;
	const standardError = fit?.standardErrors[0] ?? NaN;
	if (fit === null || estimate === null || fit.df < 1 || !Number.isFinite(standardError))
		return { method: 'change', estimate, standardError: null, df: null, interval: null, pValue: null };
	return {
		method: 'change',
		estimate,
		standardError,
		df: fit.df,
		interval: tInterval(estimate, standardError, fit.df, 0.95),
		pValue: pValueOf(estimate, standardError, fit.df)
	};
}

const unitCount = (rows: readonly PanelRow[]): number => new Set(rows.map(({ unit }) => unit)).size;
