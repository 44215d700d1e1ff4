import { gathered } from './averageEffect.ts';
import { chiSquareUpper } from './chiSquare.ts';
import { inverseOf, quadratic } from './matrix.ts';
import type { Pair, PairEffect } from './staggeredAdoption.ts';

/** A weighted mean of group-time effects. `standardError` null: one of them stands on a single unit. */
export type Aggregate = { estimate: number; standardError: number | null; influence: Float64Array };
/** By group's start, by periods since the start, or by calendar period. */
export type AggregateAt = Aggregate & { at: number };

export type Aggregates = {
	/** All effects after the start, weighted by the groups' sizes. Null without one. */
	simple: Aggregate | null;
	/** Each group's mean effect; overall weighted by size: the effect a treated unit had on average. */
	byGroup: { overall: Aggregate | null; effects: AggregateAt[] };
	/** Event study; overall is the mean over 0, 1, 2 … periods after the start. */
	byExposure: { overall: Aggregate | null; effects: AggregateAt[] };
	byCalendar: { overall: Aggregate | null; effects: AggregateAt[] };
	/**
	 * Are all effects before the start zero together? Wald, over each group's and period's effect; where those are too many,
	 * over their means by exposure. Null when there are none, or when they are not free of each other.
	 */
	preTest: { statistic: number; df: number; pValue: number; over: 'effects' | 'exposures' } | null;
};

type Setting = {
	starts: Float64Array;
	groups: readonly number[];
	counted: number;
	sizes: readonly number[];
	clusterOf?: Int32Array | undefined;
};

/** One weighted mean in the making: sums over its effects, each weighted by its group's share. */
type Sum = {
	weight: number;
	weighted: number;
	/** Sum of the effects, and how many, of each group in it: what is needed to see how estimated shares move the mean. */
	byGroup: Map<number, { estimates: number; count: number }>;
	influence: Float64Array;
	lone: boolean;
};

/** Products that the covariance of the effects before the start may take: about a second. */
const MOST_PRODUCTS = 4e8;

/**
 * Gathers group-time effects into their weighted means while they are made, so that the influence of thousands of them
 * never lies in memory at once. Weights are the groups' shares, and their being estimated is part of the standard error
 * (Callaway & Sant'Anna 2021, §3 and theorem 2).
 */
export function aggregator({ starts, groups, counted, sizes, clusterOf }: Setting) {
	const all = starts.length;
	const share = new Map(groups.map((group, at) => [group, (sizes[at] ?? 0) / counted]));
	const sums = new Map<string, Sum>();
	const before: { estimate: number; influence: Float64Array }[] = [];
	let tooMany = false;

	const into = (
		key: string,
		group: number,
		{ estimate, influence }: PairEffect,
		pair: Pair,
		lone: boolean
	) => {
		const sum = sums.get(key) ?? {
			weight: 0,
			weighted: 0,
			byGroup: new Map(),
			influence: new Float64Array(all),
			lone: false
		};
		sums.set(key, sum);
		const weight = share.get(group) ?? 0;
		sum.weight += weight;
		sum.weighted += weight * estimate;
		sum.lone ||= lone;
		const own = sum.byGroup.get(group) ?? { estimates: 0, count: 0 };
		sum.byGroup.set(group, { estimates: own.estimates + estimate, count: own.count + 1 });
		spread(sum.influence, influence, pair, weight);
	};

	return {
		add(group: number, period: number, effect: PairEffect, pair: Pair, lone: boolean): void {
			into(`exposure ${period - group}`, group, effect, pair, lone);
			if (period >= group) {
				into('simple', group, effect, pair, lone);
				into(`group ${group}`, group, effect, pair, lone);
				into(`calendar ${period}`, group, effect, pair, lone);
				return;
			}
			if (tooMany || (before.length + 1) ** 2 * all > MOST_PRODUCTS) {
				tooMany = true;
				before.length = 0;
				return;
			}
			const influence = new Float64Array(all);
			spread(influence, effect.influence, pair, 1);
			before.push({ estimate: effect.estimate, influence: gathered(influence, clusterOf) });
		},
		finish(): Aggregates {
			const made = (key: string): Aggregate | null => meanOf(sums.get(key), starts);
			const gather = (kind: string): AggregateAt[] =>
				[...sums.keys()]
					.filter((key) => key.startsWith(`${kind} `))
					.flatMap((key) => {
						const mean = made(key);
						return mean === null ? [] : [{ at: Number(key.slice(kind.length + 1)), ...mean }];
					})
					.sort((a, b) => a.at - b.at);
			const byGroup = gather('group');
			const byExposure = gather('exposure');
			const byCalendar = gather('calendar');
			return {
				simple: made('simple'),
				byGroup: { overall: meanOfGroups(byGroup, share, starts), effects: byGroup },
				byExposure: { overall: plainMean(byExposure.filter(({ at }) => at >= 0)), effects: byExposure },
				byCalendar: { overall: plainMean(byCalendar), effects: byCalendar },
				preTest: tooMany
					? waldOf(
							'exposures',
							byExposure
								.filter(({ at }) => at < 0)
								.map(({ estimate, influence }) => ({ estimate, influence: gathered(influence, clusterOf) })),
							counted
						)
					: waldOf('effects', before, counted)
			};
		}
	};

	function meanOf(sum: Sum | undefined, of: Float64Array): Aggregate | null {
		if (sum === undefined || sum.weight === 0) return null;
		const estimate = sum.weighted / sum.weight;
		const influence = new Float64Array(all);
		const moved = new Map(
			[...sum.byGroup].map(([group, { estimates, count }]) => [group, estimates - count * estimate])
		);
		for (let i = 0; i < all; i++)
			influence[i] = ((sum.influence[i] ?? 0) + (moved.get(of[i] ?? 0) ?? 0)) / sum.weight;
		return { estimate, standardError: sum.lone ? null : errorOf(influence), influence };
	}

	/** Over the groups' own means, weighted by their shares. */
	function meanOfGroups(
		means: readonly AggregateAt[],
		shares: ReadonlyMap<number, number>,
		of: Float64Array
	): Aggregate | null {
		const weight = means.reduce((sum, { at }) => sum + (shares.get(at) ?? 0), 0);
		if (weight === 0) return null;
		const estimate = means.reduce((sum, one) => sum + (shares.get(one.at) ?? 0) * one.estimate, 0) / weight;
		const own = new Map(means.map((one) => [one.at, one.estimate - estimate]));
		const influence = Float64Array.from(of, (start) => (own.get(start) ?? 0) / weight);
		for (const one of means) {
			const part = (shares.get(one.at) ?? 0) / weight;
			for (let i = 0; i < all; i++) influence[i] = (influence[i] ?? 0) + part * (one.influence[i] ?? 0);
		}
		const lone = means.some(({ standardError }) => standardError === null);
		return { estimate, standardError: lone ? null : errorOf(influence), influence };
	}

	function plainMean(means: readonly AggregateAt[]): Aggregate | null {
		if (means.length === 0) return null;
		const influence = new Float64Array(all);
		for (const one of means)
			for (let i = 0; i < all; i++)
				influence[i] = (influence[i] ?? 0) + (one.influence[i] ?? 0) / means.length;
		const estimate = means.reduce((sum, one) => sum + one.estimate, 0) / means.length;
		const lone = means.some(({ standardError }) => standardError === null);
		return { estimate, standardError: lone ? null : errorOf(influence), influence };
	}

	function errorOf(influence: Float64Array): number {
		return Math.sqrt(gathered(influence, clusterOf).reduce((sum, value) => sum + value * value, 0)) / counted;
	}
}

function spread(
	target: Float64Array,
	influence: Float64Array,
	{ treated, others }: Pair,
	weight: number
): void {
	const a = treated.length;
	for (let i = 0; i < a; i++) {
		const unit = treated[i] ?? 0;
		target[unit] = (target[unit] ?? 0) + weight * (influence[i] ?? 0);
	}
	for (let i = 0; i < others.length; i++) {
		const unit = others[i] ?? 0;
		target[unit] = (target[unit] ?? 0) + weight * (influence[a + i] ?? 0);
	}
}

function waldOf(
	over: 'effects' | 'exposures',
	before: readonly { estimate: number; influence: Float64Array }[],
	counted: number
): Aggregates['preTest'] {
	if (before.length === 0) return null;
	const covariance = before.map((a) =>
		Float64Array.from(before, (b) => {
			let sum = 0;
			for (let i = 0; i < a.influence.length; i++) sum += (a.influence[i] ?? 0) * (b.influence[i] ?? 0);
			return sum / counted ** 2;
		})
	);
	const inverse = inverseOf(covariance);
	if (inverse === null) return null;
	const statistic = quadratic(
		inverse,
		before.map(({ estimate }) => estimate)
	);
	return { statistic, df: before.length, pValue: chiSquareUpper(statistic, before.length), over };
}
