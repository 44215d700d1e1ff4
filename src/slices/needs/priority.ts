import { roundDecimal } from '#kernel/statistics/round.ts';

/**
 * The ranking of needs: priority = 100 × Πᵢ fᵢ^wᵢ over five factors, each between 0 and 1, each raised to the exponent
 * that the agency sets (0 leaves it out, 1 is usual, 2 makes it decide). A product and not a sum, so that a need without
 * anybody, or of nothing, never ranks by its goal alone. It proposes an order; a person decides.
 * @law UU 27/2022 Ps 10 (decisions are made by people); domain.md §6.1 (gap × importance × reach; a design, not a law)
 */
export const FACTORS = ['probability', 'size', 'importance', 'reach', 'goal'] as const;
export type Factor = (typeof FACTORS)[number];

/** What was counted, in its own units. */
export type Counted = {
	/** Mean P(gap ≥ 0.5) of the people measured, 0 to 1; 1 for what is a fact (a predicate, a service judged weak). */
	probability: number;
	/** Mean levels missing of the people measured, a reserve counting 0. */
	size: number;
	/** Mean importance of the competency for their posts, 0 to 2, 1 where nothing is said. */
	importance: number;
	/** People with a likely gap, or who ask for it in their own plan. */
	reach: number;
	/** Weight of the unit's weightiest goal that leans on it, 0 to 2, 1 without one. */
	goal: number;
};

export type PriorityRule = {
	weights: Record<Factor, number>;
	/** Levels missing that count in full. */
	sizeFull: number;
	/** People that count in full. */
	reachFull: number;
};

const within = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Each factor between 0 and 1: probability as it is · size as a share of `sizeFull` levels · importance and goal as a
 * share of 2, so that the usual 1 is a half · reach as ln(1 + people) / ln(1 + reachFull): the second ten people weigh
 * less than the first, else one large office would fill the list.
 */
export const normalised = (counted: Counted, rule: PriorityRule): Record<Factor, number> => ({
	probability: within(counted.probability),
	size: within(counted.size / rule.sizeFull),
	importance: within(counted.importance / 2),
	reach: within(Math.log1p(Math.max(0, counted.reach)) / Math.log1p(rule.reachFull)),
	goal: within(counted.goal / 2)
});

export type Step = {
	factor: Factor;
	counted: number;
	normalised: number;
	weight: number;
	/** normalised ^ weight: what it multiplies by. */
	term: number;
};

export type Priority = {
	/** 0 to 100, two decimals. */
	score: number;
	steps: Step[];
};

/** As shown: four digits that count. What is multiplied is what is shown, so that a pocket calculator finds the score. */
const shown = (value: number): number => Number(value.toPrecision(4));

/** The priority with its arithmetic, factor by factor: what "Mengapa?" opens. */
export function priorityOf(counted: Counted, rule: PriorityRule): Priority {
	const shares = normalised(counted, rule);
	const steps = FACTORS.map((factor): Step => {
		const weight = rule.weights[factor];
		return {
			factor,
			counted: counted[factor],
			normalised: shown(shares[factor]),
			weight,
			term: weight === 0 ? 1 : shown(shown(shares[factor]) ** weight)
		};
	});
	const product = steps.reduce((all, { term }) => all * term, 1);
	return { score: Number(roundDecimal((product * 100).toFixed(10), 2)), steps };
}

/** Highest first; equal ones by reach, then by key, so that the order never depends on chance. */
export function ranked<Need extends { key: string; counted: Counted }>(
	needs: readonly Need[],
	rule: PriorityRule
): (Need & Priority & { rank: number })[] {
	return needs
		.map((need) => ({ ...need, ...priorityOf(need.counted, rule) }))
		.sort((a, b) => b.score - a.score || b.counted.reach - a.counted.reach || (a.key < b.key ? -1 : 1))
		.map((need, at) => ({ ...need, rank: at + 1 }));
}
