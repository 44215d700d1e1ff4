import type { DifferenceInDifferences } from '#kernel/statistics/differenceInDifferences.ts';

/** Which way is better: queue minutes 'lower', satisfaction 'higher'. */
export type Direction = 'lower' | 'higher';

export type ImpactDesign = {
	/** The comparison units were named before the training began; picked afterwards they could be picked to fit. */
	plannedBefore: boolean;
	/** The smallest change worth having, in the indicator's unit, fixed beforehand; null when nobody said. */
	smallestUseful: number | null;
};

export type CannotTellReason =
	| 'impact.verdict.noTreated'
	| 'impact.verdict.noComparison'
	| 'impact.verdict.noAfter'
	| 'impact.verdict.tooFewBefore'
	| 'impact.verdict.tooFewUnits'
	| 'impact.verdict.pathsDiffered'
	| 'impact.verdict.treatmentStopped';

export type Caution =
	/** The interval is likely too narrow. */
	| 'impact.caution.fewUnits'
	/** Units started at different times; the estimate mixes comparisons that may not fit. */
	| 'impact.caution.differentStarts'
	/** The comparison was chosen after the fact. */
	| 'impact.caution.chosenAfterwards';

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
};

/** Two arms of five are a convention, not a proof; under that the clustered interval means little. */
const SMALLEST_ARM = 5;
const FEWEST_PERIODS_BEFORE = 2;

function cannotTell(result: DifferenceInDifferences): Pick<Verdict, 'messageKey' | 'params'> | null {
	const { warnings, clusters, prePeriods, preTrend } = result;
	const because = (messageKey: CannotTellReason, params: Record<string, number> = {}) => ({
		messageKey,
		params
	});
	if (warnings.includes('noTreated')) return because('impact.verdict.noTreated');
	if (warnings.includes('noComparison')) return because('impact.verdict.noComparison');
	if (warnings.includes('noPost')) return because('impact.verdict.noAfter');
	if (warnings.includes('noPre') || prePeriods < FEWEST_PERIODS_BEFORE) {
		return because('impact.verdict.tooFewBefore', { periods: prePeriods, needed: FEWEST_PERIODS_BEFORE });
	}
	if (warnings.includes('reversal')) return because('impact.verdict.treatmentStopped');
	if (Math.min(clusters.treated, clusters.comparison) < SMALLEST_ARM) {
		return because('impact.verdict.tooFewUnits', { ...clusters, needed: SMALLEST_ARM });
	}
	if (warnings.includes('preTrend') && preTrend !== null) {
		return because('impact.verdict.pathsDiffered', { slope: preTrend.slope, periods: prePeriods });
	}
	return null;
}

function cautionsOf({ warnings }: DifferenceInDifferences, design: ImpactDesign): Caution[] {
	const cautions: Caution[] = [];
	if (!design.plannedBefore) cautions.push('impact.caution.chosenAfterwards');
	if (warnings.includes('staggered')) cautions.push('impact.caution.differentStarts');
	if (warnings.includes('fewClusters')) cautions.push('impact.caution.fewUnits');
	return cautions;
}

/**
 * What may honestly be said. Better or worse only when the whole interval lies on one side of zero; an interval
 * across zero is 'no evidence', which is not 'no effect', unless it also rules out the smallest useful change. When
 * the comparison cannot carry a judgement, that is the verdict, whatever the estimate. Nobody can edit it: it
 * follows from the figures and the design alone.
 */
export function verdictOf(
	result: DifferenceInDifferences,
	direction: Direction,
	design: ImpactDesign
): Verdict {
	const cautions = cautionsOf(result, design);
	const refusal = cannotTell(result);
	if (refusal !== null) return { verdict: 'cannotTell', ...refusal, cautions };
	const { estimate, interval } = result;
	if (estimate === null || interval === null) {
		return {
			verdict: 'cannotTell',
			messageKey: 'impact.verdict.tooFewUnits',
			params: { ...result.clusters, needed: SMALLEST_ARM },
			cautions
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
	if (lowest > 0) {
		const small = useful !== null && highest < useful;
		const messageKey = small ? 'impact.verdict.betterButSmall' : 'impact.verdict.better';
		return { verdict: 'better', messageKey, params: withUseful(params, small ? useful : null), cautions };
	}
	if (highest < 0) return { verdict: 'worse', messageKey: 'impact.verdict.worse', params, cautions };
	const ruledOut = useful !== null && highest < useful;
	const messageKey = ruledOut ? 'impact.verdict.noUsefulChange' : 'impact.verdict.noEvidence';
	return {
		verdict: 'noEvidence',
		messageKey,
		params: withUseful(params, ruledOut ? useful : null),
		cautions
	};
}

const withUseful = (params: Record<string, number>, useful: number | null): Record<string, number> =>
	useful === null ? params : { ...params, useful };
