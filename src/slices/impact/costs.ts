import type { Verdict } from './verdict.ts';

/**
 * What training cost for what it brought. Figures that cannot be told are null with a reason, never a number that looks
 * like one.
 */
export type Effect = {
	/** In the good direction, in the indicator's unit of measure, per trained unit or person. */
	change: number;
	lowest: number;
	highest: number;
};

/** Rupiah spent on the trained units or people of a study, and how many these are. */
export type Spent = { spent: number; treated: number };

/** The effect that a verdict tells of, from the figures of its sentence; null where it tells of none. */
export function effectOf({ verdict, params }: Pick<Verdict, 'verdict' | 'params'>): Effect | null {
	const { change, lowest, highest } = params;
	return verdict === 'cannotTell' || change === undefined || lowest === undefined || highest === undefined
		? null
		: { change, lowest, highest };
}

export type NotTold =
	/** Nothing was spent, or nothing was entered yet. */
	| 'impact.costs.noCost'
	/** The comparison gave no effect at all. */
	| 'impact.costs.noEffect'
	/** Zero lies within the interval: the quotient's interval would have no end. */
	| 'impact.costs.spansZero'
	/** It became worse: there is nothing to pay for. */
	| 'impact.costs.worse';

export type Ratio = { value: number; lower: number; upper: number } | { reason: NotTold };

/** Rupiah for one of so many; null without a cost or without anybody. */
export const costPer = (total: number, count: number): number | null =>
	total > 0 && count > 0 ? total / count : null;

/**
 * Rupiah for one unit of measure better in one trained unit, with its interval. Costs are known, so the interval is
 * that of 1 ÷ effect: the ends change places (Fieller's interval without error in the numerator). It exists only where
 * the effect's interval lies wholly on the good side.
 * @source Fieller 1954, Some problems in interval estimation, J. R. Statist. Soc. B 16
 */
export function costPerEffect(cost: Spent, effect: Effect | null): Ratio {
	const known = knownEffect(cost, effect);
	if ('reason' in known) return known;
	const { change, lowest, highest } = known;
	const each = cost.spent / cost.treated;
	return { value: each / change, lower: each / highest, upper: each / lowest };
}

/**
 * Return on investment in percent: (benefit − cost) ÷ cost × 100, where the benefit is the effect times a money value
 * that somebody assumed for one unit of measure in one unit. @source Phillips 2003, Return on Investment in Training
 */
export function returnOnInvestment(cost: Spent, effect: Effect | null, worth: number): Ratio {
	const known = knownEffect(cost, effect);
	if ('reason' in known) return known;
	const percent = (change: number) => ((change * cost.treated * worth - cost.spent) / cost.spent) * 100;
	return { value: percent(known.change), lower: percent(known.lowest), upper: percent(known.highest) };
}

function knownEffect(cost: Spent, effect: Effect | null): Effect | { reason: NotTold } {
	if (!(cost.spent > 0 && cost.treated > 0)) return { reason: 'impact.costs.noCost' };
	if (effect === null || ![effect.change, effect.lowest, effect.highest].every(Number.isFinite))
		return { reason: 'impact.costs.noEffect' };
	if (effect.highest < 0) return { reason: 'impact.costs.worse' };
	return effect.lowest > 0 ? effect : { reason: 'impact.costs.spansZero' };
}
