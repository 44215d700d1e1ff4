import type { DifferenceInDifferences } from '#kernel/statistics/differenceInDifferences.ts';
import type { Failure } from './estimate.ts';
import type { Design } from './model.ts';

/** Which way is better: queue minutes 'lower', satisfaction 'higher'. */
export type Direction = 'lower' | 'higher';

export type ImpactDesign = {
	/** The comparison units were named before the training began; picked afterwards they could be picked to fit. */
	plannedBefore: boolean;
	/** The smallest change worth having, in the indicator's unit, fixed beforehand; null when nobody said. */
	smallestUseful: number | null;
	/** The design that was followed, and what its checks said; left open: a comparison before and after. */
	followed?: Design;
	failure?: Failure | null;
	/** A lottery of which neither seed nor result was kept. */
	drawNotKept?: boolean;
	/** Share of redealt worlds as far from zero, of a study with few units. */
	dealtAgain?: number | null;
	/** The p-value after Benjamini & Hochberg over the study's outcomes. */
	adjusted?: number | null;
	/** The comparison "found" something where nothing was: at a date before the start, or in an outcome out of reach. */
	placeboFailed?: boolean;
	/** Largest share of a side's units that could not be counted. */
	lost?: number;
	/** Units aside on purpose: unmatched, or not in the lottery. */
	unitsAside?: number;
};

export type CannotTellReason =
	| 'impact.verdict.noTreated'
	| 'impact.verdict.noComparison'
	| 'impact.verdict.noAfter'
	| 'impact.verdict.tooFewBefore'
	| 'impact.verdict.tooFewUnits'
	| 'impact.verdict.tooFewGroups'
	| 'impact.verdict.pathsDiffered'
	| 'impact.verdict.treatmentStopped'
	| 'impact.verdict.beforeAfterOnly'
	| 'impact.verdict.constant'
	| 'impact.verdict.separated'
	| 'impact.verdict.noOverlap'
	| 'impact.verdict.collinear'
	| 'impact.verdict.unbalanced'
	| 'impact.verdict.placeboMoved';

export type Caution =
	/** The interval is likely too narrow. */
	| 'impact.caution.fewUnits'
	/** Units started at different times; the estimate mixes comparisons that may not fit. */
	| 'impact.caution.differentStarts'
	/** The comparison was chosen after the fact. */
	| 'impact.caution.chosenAfterwards'
	| 'impact.caution.drawNotKept'
	/** A lottery whose sides happened to move apart before: chance, and the estimate holds the level constant. */
	| 'impact.caution.pathsByChance'
	/** Sure by its own interval, but not against redealt worlds, or not among several outcomes. */
	| 'impact.caution.dealtAgain'
	| 'impact.caution.severalOutcomes'
	| 'impact.caution.unitsLost'
	| 'impact.caution.unitsAside';

/** What a difference may be put down to: chance dealt the sides, the others are alike, or only the paths were. */
export type Claim = 'lot' | 'starts' | 'alike' | 'compared';

export type Verdict = {
	verdict: 'better' | 'worse' | 'noEvidence' | 'cannotTell';
	messageKey:
		| CannotTellReason
		| 'impact.verdict.better'
		| 'impact.verdict.betterButSmall'
		| 'impact.verdict.worse'
		| 'impact.verdict.noEvidence'
		| 'impact.verdict.noUsefulChange';
	/** Figures for the sentence. Changes are in the good direction: minus 2 is 2 worse, whatever the indicator. */
	params: Record<string, number>;
	/** To be said in the same breath, not in a footnote. */
	cautions: Caution[];
	claim: Claim;
};

const FAILURES: Readonly<Record<Failure, CannotTellReason>> = {
	constant: 'impact.verdict.constant',
	separated: 'impact.verdict.separated',
	noOverlap: 'impact.verdict.noOverlap',
	collinear: 'impact.verdict.collinear',
	unbalanced: 'impact.verdict.unbalanced',
	noComparisonByDesign: 'impact.verdict.beforeAfterOnly'
};
const CLAIMS: Readonly<Record<Design, Claim>> = {
	lottery: 'lot',
	staggered_start: 'starts',
	matched: 'alike',
	before_after_comparison: 'compared',
	before_after: 'compared'
};
const SURE = 0.05;
const LOST = 0.2;

/** Two arms of five are a convention, not a proof; under that the clustered interval means little. */
const SMALLEST_ARM = 5;
const FEWEST_PERIODS_BEFORE = 2;
/** People of fewer offices together: errors counted by office mean little. */
const FEWEST_GROUPS = 2 * SMALLEST_ARM;

function cannotTell(
	result: DifferenceInDifferences,
	design: ImpactDesign
): Pick<Verdict, 'messageKey' | 'params'> | null {
	const { warnings, clusters, groups, prePeriods, preTrend } = result;
	const because = (messageKey: CannotTellReason, params: Record<string, number> = {}) => ({
		messageKey,
		params
	});
	if (design.failure === 'noComparisonByDesign') return because('impact.verdict.beforeAfterOnly');
	if (warnings.includes('noTreated')) return because('impact.verdict.noTreated');
	// Of staggered starts those that start later are what the first are compared with.
	if (warnings.includes('noComparison') && design.followed !== 'staggered_start')
		return because('impact.verdict.noComparison');
	if (warnings.includes('noPost')) return because('impact.verdict.noAfter');
	if (warnings.includes('noPre') || (design.followed !== 'lottery' && prePeriods < FEWEST_PERIODS_BEFORE)) {
		return because('impact.verdict.tooFewBefore', { periods: prePeriods, needed: FEWEST_PERIODS_BEFORE });
	}
	if (warnings.includes('reversal')) return because('impact.verdict.treatmentStopped');
	if (design.failure) return because(FAILURES[design.failure]);
	const fewest =
		design.followed === 'staggered_start'
			? clusters.treated + clusters.comparison - SMALLEST_ARM
			: Math.min(clusters.treated, clusters.comparison);
	if (fewest < SMALLEST_ARM) {
		return because('impact.verdict.tooFewUnits', { ...clusters, needed: SMALLEST_ARM });
	}
	if (groups !== undefined && groups.all < FEWEST_GROUPS)
		return because('impact.verdict.tooFewGroups', { groups: groups.all, needed: FEWEST_GROUPS });
	if (warnings.includes('preTrend') && design.followed !== 'lottery') {
		return because('impact.verdict.pathsDiffered', { slope: preTrend?.slope ?? 0, periods: prePeriods });
	}
	if (design.placeboFailed === true && design.followed !== 'lottery')
		return because('impact.verdict.placeboMoved');
	return null;
}

function cautionsOf({ warnings, interval }: DifferenceInDifferences, design: ImpactDesign): Caution[] {
	const cautions: Caution[] = [];
	if (!design.plannedBefore) cautions.push('impact.caution.chosenAfterwards');
	if (design.drawNotKept === true) cautions.push('impact.caution.drawNotKept');
	if (design.followed === 'lottery' && warnings.includes('preTrend'))
		cautions.push('impact.caution.pathsByChance');
	if (warnings.includes('staggered') && design.followed !== 'staggered_start')
		cautions.push('impact.caution.differentStarts');
	if (warnings.includes('fewClusters')) cautions.push('impact.caution.fewUnits');
	if (interval !== null && (interval.lower > 0 || interval.upper < 0)) {
		if ((design.dealtAgain ?? 0) >= SURE) cautions.push('impact.caution.dealtAgain');
		if ((design.adjusted ?? 0) >= SURE) cautions.push('impact.caution.severalOutcomes');
	}
	if ((design.lost ?? 0) > LOST) cautions.push('impact.caution.unitsLost');
	if ((design.unitsAside ?? 0) > 0) cautions.push('impact.caution.unitsAside');
	return cautions;
}

/**
 * What may honestly be said. Better or worse only when the whole interval lies on one side of zero; an interval
 * across zero is 'no evidence', which is not 'no effect', unless it also rules out the smallest useful change. Where few
 * units are dealt out anew, or several outcomes are looked at, those tests must agree. When
 * the comparison cannot carry a judgement, that is the verdict, whatever the estimate. Nobody can edit it: it
 * follows from the figures and the design alone.
 */
export function verdictOf(
	result: DifferenceInDifferences,
	direction: Direction,
	design: ImpactDesign
): Verdict {
	const cautions = cautionsOf(result, design);
	const followed = CLAIMS[design.followed ?? 'before_after_comparison'];
	// Lots decided who was trained, but not whose figures are missing.
	const claim = followed === 'lot' && (design.lost ?? 0) > LOST ? 'compared' : followed;
	const refusal = cannotTell(result, design);
	if (refusal !== null) return { verdict: 'cannotTell', ...refusal, cautions, claim };
	const { estimate, interval } = result;
	if (estimate === null || interval === null) {
		return {
			verdict: 'cannotTell',
			messageKey: 'impact.verdict.tooFewUnits',
			params: { ...result.clusters, needed: SMALLEST_ARM },
			cautions,
			claim
		};
	}
	const towardsGood = direction === 'higher' ? 1 : -1;
	const change = towardsGood * estimate;
	const ends = [towardsGood * interval.lower, towardsGood * interval.upper];
	const lowest = Math.min(...ends);
	const highest = Math.max(...ends);
	const params = {
		change,
		size: Math.abs(change),
		lowest,
		highest,
		level: interval.level,
		...result.clusters
	};
	const useful = design.smallestUseful;
	const agreed = Math.max(design.dealtAgain ?? 0, design.adjusted ?? 0) < SURE;
	if (lowest > 0 && agreed) {
		const small = useful !== null && highest < useful;
		const messageKey = small ? 'impact.verdict.betterButSmall' : 'impact.verdict.better';
		return {
			verdict: 'better',
			messageKey,
			params: withUseful(params, small ? useful : null),
			cautions,
			claim
		};
	}
	if (highest < 0 && agreed)
		return { verdict: 'worse', messageKey: 'impact.verdict.worse', params, cautions, claim };
	const ruledOut = useful !== null && highest < useful;
	const messageKey = ruledOut ? 'impact.verdict.noUsefulChange' : 'impact.verdict.noEvidence';
	return {
		verdict: 'noEvidence',
		messageKey,
		params: withUseful(params, ruledOut ? useful : null),
		cautions,
		claim
	};
}

const withUseful = (params: Record<string, number>, useful: number | null): Record<string, number> =>
	useful === null ? params : { ...params, useful };
