import type { DifferenceInDifferences } from '#kernel/statistics/differenceInDifferences.ts';
import { benjaminiHochberg } from '#kernel/statistics/falseDiscovery.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { analyse, type Analysis, type Setting } from './estimate.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Indicator } from './model.ts';
import { verdictOf, type Direction, type ImpactDesign, type Verdict } from './verdict.ts';

/** What a study found, from its rows alone and at the moment of looking: nothing of it is stored, so nothing can be edited. */
export type Finding = {
	/** The comparison's rows in figures, with the estimate of the design in its place. */
	result: DifferenceInDifferences;
	analysis: Analysis;
	verdict: Verdict;
	checks: Check[];
	/** The other indicators of the plan, each with its own words. */
	outcomes: OutcomeFinding[];
};
export type OutcomeFinding = {
	indicator: Indicator;
	placebo: boolean;
	analysis: Analysis;
	verdict: Verdict;
	adjusted: number | null;
};

/** What the answer leans on, and whether it held. `null`: it cannot be seen from the figures. */
export type Check = {
	check:
		| 'paths'
		| 'placeboDate'
		| 'placeboOutcome'
		| 'balance'
		| 'clusters'
		| 'dealtAgain'
		| 'lost'
		| 'spillover'
		| 'planned';
	held: boolean | null;
	p?: number;
	value?: number;
};

/** Rows of the first indicator and of the others, each looked at the same way. */
export type Question = {
	rows: readonly PanelRow[];
	better: Direction;
	outcomes: readonly { indicator: Indicator; placebo: boolean; rows: readonly PanelRow[] }[];
	plannedBefore: boolean;
	smallestUseful: number | null;
	setting: Setting;
	spillover: string | null;
	/** Units of the plan that should have figures. */
	planned: number;
};

const SURE = 0.05;
/** The date before the start is looked at beside the paths, so it has to be surer to overrule a study. */
const SURELY = 0.01;
const ENOUGH = 30;

export function findingOf(question: Question): Finding {
	const found = foundIn(question);
	return question.rows[0]?.cluster === undefined ? found : withoutFew(found);
}

/** Where fewer than five people are left on a side, nothing is said of them: not even the means of which nothing follows. */
function withoutFew(finding: Finding): Finding {
	const { result, analysis, outcomes } = finding;
	// Of steps every start stands for itself (the query keeps small ones out); before and after has one side only.
	const few = ({ base: { clusters }, followed }: Analysis) =>
		followed === 'staggered_start'
			? clusters.treated + clusters.comparison < 2 * SMALLEST_GROUP
			: followed !== 'before_after' && Math.min(clusters.treated, clusters.comparison) < SMALLEST_GROUP;
	const bare = (base: DifferenceInDifferences): DifferenceInDifferences => ({
		...base,
		estimate: null,
		standardError: null,
		pValue: null,
		interval: null,
		means: null,
		rawDifference: null,
		preTrend: null,
		eventStudy: []
	});
	const untold = (one: Analysis): Analysis =>
		few(one)
			? {
					...one,
					base: bare(one.base),
					main: { ...one.main, estimate: null, standardError: null, df: null, interval: null, pValue: null },
					others: [],
					dealtAgain: null,
					placeboDate: null,
					balance: [],
					event: null,
					detectable: null
				}
			: one;
	return {
		...finding,
		result: few(analysis) ? bare(result) : result,
		analysis: untold(analysis),
		outcomes: outcomes.map((one) => ({ ...one, analysis: untold(one.analysis) }))
	};
}

function foundIn(question: Question): Finding {
	const { setting, outcomes, smallestUseful, plannedBefore } = question;
	const analysis = analyse(question.rows, setting);
	const rest = outcomes.map((one) => ({ ...one, analysis: analyse(one.rows, setting) }));
	// Placebos are checks and no claims: they do not count among the outcomes that could be called changed by chance.
	const claimed = [analysis, ...rest.filter(({ placebo }) => !placebo).map((one) => one.analysis)];
	const adjusted = adjustedOf(claimed);
	const placebos = rest.filter(({ placebo }) => placebo).map((one) => one.analysis);
	const placeboMoved = placebos.some(({ main }) => (main.pValue ?? 1) < SURE / placebos.length);
	const dateMoved = (analysis.placeboDate?.pValue ?? 1) < SURELY;
	const result = judged(analysis);
	const lost = lostOf(question.planned, analysis);
	const design: ImpactDesign = {
		plannedBefore,
		smallestUseful,
		followed: analysis.followed,
		failure: analysis.failure,
		drawNotKept: setting.design === 'lottery' && setting.drawn.size === 0,
		dealtAgain: analysis.dealtAgain?.pValue ?? null,
		adjusted: claimed.length > 1 ? (adjusted.get(analysis) ?? null) : null,
		placeboFailed: placeboMoved || dateMoved,
		lost: lost ?? 0,
		unitsAside: analysis.unitsAside
	};
	return {
		result,
		analysis,
		verdict: verdictOf(result, question.better, design),
		checks: checksOf(question, analysis, result, { placebos: placebos.length, placeboMoved, lost }),
		outcomes: rest.map(({ indicator, placebo, analysis: own }) => ({
			indicator,
			placebo,
			analysis: own,
			adjusted: adjusted.get(own) ?? null,
			verdict: verdictOf(judged(own), indicator.better, {
				...design,
				smallestUseful: null,
				failure: own.failure,
				dealtAgain: own.dealtAgain?.pValue ?? null,
				adjusted: adjusted.get(own) ?? null,
				placeboFailed: (own.placeboDate?.pValue ?? 1) < SURELY,
				unitsAside: own.unitsAside
			})
		}))
	};
}

/** The design's estimate where the two-way one stood, and its own look at the time before. */
function judged({ base, main, preTest, event, followed }: Analysis): DifferenceInDifferences {
	const { estimate, standardError, interval, pValue } = main;
	const warnings = base.warnings.filter((warning) => preTest === null || warning !== 'preTrend');
	if (preTest !== null && preTest < SURE) warnings.push('preTrend');
	return {
		...base,
		estimate,
		standardError,
		interval,
		pValue,
		df: main.df ?? base.df,
		eventStudy:
			followed === 'staggered_start' || event !== null
				? (event?.points ?? []).map((point) => ({ ...point, period: 0, treated: 0, comparison: 0 }))
				: base.eventStudy,
		warnings
	};
}

function adjustedOf(claimed: readonly Analysis[]): Map<Analysis, number> {
	const told = claimed.filter(({ main }) => main.pValue !== null);
	const values = benjaminiHochberg(told.map(({ main }) => main.pValue ?? 1));
	return new Map(told.map((one, at) => [one, values[at] ?? 1]));
}

/** Share of the plan's units that were not measured on both sides of the start; null while there is no month after it. */
const lostOf = (planned: number, { counted, base }: Analysis): number | null =>
	base.warnings.includes('noPost') ? null : planned === 0 ? 0 : Math.max(0, 1 - counted / planned);

function checksOf(
	{ spillover, plannedBefore, setting }: Question,
	analysis: Analysis,
	result: DifferenceInDifferences,
	{ placebos, placeboMoved, lost }: { placebos: number; placeboMoved: boolean; lost: number | null }
): Check[] {
	const { preTrend, warnings, clusters, groups } = result;
	const p = analysis.preTest ?? preTrend?.pValue ?? null;
	const worst = Math.max(0, ...analysis.balance.map(({ after }) => Math.abs(after)));
	const units = groups?.all ?? clusters.treated + clusters.comparison;
	const date = analysis.placeboDate?.pValue ?? null;
	return [
		{ check: 'planned', held: plannedBefore },
		...(analysis.followed === 'before_after'
			? []
			: [
					{
						check: 'paths' as const,
						held: p === null ? null : !warnings.includes('preTrend'),
						...(p === null ? {} : { p })
					}
				]),
		...(date === null ? [] : [{ check: 'placeboDate' as const, held: date >= SURE, p: date }]),
		...(placebos === 0 ? [] : [{ check: 'placeboOutcome' as const, held: !placeboMoved, value: placebos }]),
		...(setting.design === 'matched'
			? [
					{
						check: 'balance' as const,
						held: analysis.balance.length === 0 ? null : worst <= 0.1,
						value: worst
					}
				]
			: []),
		{ check: 'clusters', held: units >= ENOUGH, value: units },
		...(analysis.dealtAgain === null
			? []
			: [
					{
						check: 'dealtAgain' as const,
						held: analysis.dealtAgain.pValue < SURE,
						p: analysis.dealtAgain.pValue
					}
				]),
		lost === null ? { check: 'lost', held: null } : { check: 'lost', held: lost <= 0.2, value: lost },
		{ check: 'spillover', held: spillover === null ? null : true }
	];
}
