import { clusterAt, clusterCount, type PanelPlaces } from './panel.ts';
import { randomFrom, shuffled } from './random.ts';
import {
	coefficientOf,
	outcomeLeft,
	projectionOf,
	smallSample,
	type Projection,
	type TwoWayEffects
} from './twoWayEffects.ts';

/** With fewer clusters than this the clustered t test rejects too often (Cameron & Miller 2015, §VI). */
export const FEW_CLUSTERS = 30;

export type Resampled = {
	/** Share of the redrawn worlds as far from zero as the real one, the real one counted in. */
	pValue: number;
	draws: number;
	/** All worlds there are were looked at: nothing of the p-value is chance. */
	exact: boolean;
};
export type BootstrapResult = Resampled & {
	weights: Weights;
	/** All effects that the same test would not reject: the test turned round. Null when an end is not found. */
	interval: { lower: number; upper: number; level: number } | null;
};

/** What a cluster's residuals are multiplied by in a redrawn world; mean 0 and variance 1 each. */
export type Weights = keyof typeof POINTS;
const POINTS = {
	rademacher: [1, -1],
	webb: [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]
} as const;
/** With fewer clusters two signs make too few different worlds: 2 to the power of 8 are 256, of which half mirror the others. */
const WEBB_UNDER = 12;

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;

/**
 * Wild cluster bootstrap-t of the coefficient of x in a two-way fixed-effects regression, null imposed, weights drawn by unit, or
 * by cluster of units (Cameron, Gelbach & Miller 2008): Rademacher signs, and under a dozen clusters Webb's six points (Webb
 * 2023, Canadian Journal of Economics 56; MacKinnon & Webb 2018). Where there are no more worlds than draws, all are tried.
 * Assumes independent units; fails with one or two treated units (MacKinnon & Webb 2018): then use `randomizationTest`. Worked
 * out from products of clusters, so that a draw does not touch the rows (Roodman et al. 2019, §5). Null when x has nothing
 * left after the effects.
 */
export function wildClusterBootstrap(
	places: PanelPlaces,
	x: Float64Array,
	y: Float64Array,
	{
		draws = 999,
		seed = 1,
		level = 0.95,
		weights = clusterCount(places) < WEBB_UNDER ? 'webb' : 'rademacher'
	}: { draws?: number; seed?: number; level?: number; weights?: Weights } = {}
): BootstrapResult | null {
	const projection = projectionOf(places);
	const left = projection.residuals(x);
	const outcome = outcomeLeft(projection, y);
	const original = x.reduce((sum, value) => sum + value * value, 0);
	const real = coefficientOf(places, left, outcome, projection.rank, original);
	if (real === null || real.standardError === null || real.standardError === 0) return null;
	const { coefficient, standardError, clusters } = real;
	const points = POINTS[weights];
	const exact = points.length ** clusters <= draws;
	const worlds = worldsOf(points, clusters, exact ? points.length ** clusters : draws, exact, seed);
	const tOf = worldsT(places, projection, left, outcome, real);
	// How often a world drawn under "the effect is b" is as far from b as the real one.
	const pOf = (b: number): number => {
		const t = Math.abs((coefficient - b) / standardError) * (1 - 1e-9);
		const own = tOf(b);
		const far = worlds.reduce((sum, world) => sum + (own(world) >= t ? 1 : 0), 0);
		return exact ? far / worlds.length : (far + 1) / (worlds.length + 1);
	};
	const end = (direction: 1 | -1) => endOf(pOf, coefficient, direction * standardError, 1 - level);
	const [lower, upper] = [end(-1), end(1)];
	return {
		pValue: pOf(0),
		draws: worlds.length,
		exact,
		weights,
		interval: lower === null || upper === null ? null : { lower, upper, level }
	};
}

/**
 * |t| of a world in which cluster h's residuals under "the effect is b" are multiplied by w_h. Taking out the effects is linear,
 * so the score of cluster g is Σ w_h · (what h's rows leave in g) less the world's own coefficient times g's variation in x.
 */
function worldsT(
	places: PanelPlaces,
	{ residuals }: Projection,
	left: Float64Array,
	outcome: Float64Array,
	{ clusters, observations, parameters }: TwoWayEffects
): (b: number) => (world: Float64Array) => number {
	const clusterOf = Int32Array.from(places.unitOf, (unit) => clusterAt(places, unit));
	const sumByCluster = (values: Float64Array): Float64Array => {
		const sums = new Float64Array(clusters);
		values.forEach((value, row) => {
			const cluster = at(clusterOf, row);
			sums[cluster] = at(sums, cluster) + at(left, row) * value;
		});
		return sums;
	};
	/** At h · clusters + g: what rows of cluster h leave in the score of cluster g. */
	const shares = (values: Float64Array): Float64Array => {
		const found = new Float64Array(clusters * clusters);
		for (let own = 0; own < clusters; own++) {
			const alone = values.map((value, row) => (clusterOf[row] === own ? value : 0));
			found.set(sumByCluster(residuals(alone)), own * clusters);
		}
		return found;
	};
	const [ofOutcome, ofX, variation] = [shares(outcome), shares(left), sumByCluster(left)];
	const whole = variation.reduce((sum, value) => sum + value, 0);
	const small = smallSample(clusters, observations, parameters);
	return (b) => {
		const under = ofOutcome.map((share, place) => share - b * at(ofX, place));
		const scores = new Float64Array(clusters);
		return (world) => {
			scores.fill(0);
			for (let h = 0; h < clusters; h++) {
				const weight = at(world, h);
				for (let g = 0; g < clusters; g++) scores[g] = at(scores, g) + weight * at(under, h * clusters + g);
			}
			const shared = scores.reduce((sum, score) => sum + score, 0);
			const own = shared / whole;
			let meat = 0;
			for (let g = 0; g < clusters; g++) meat += (at(scores, g) - own * at(variation, g)) ** 2;
			if (meat === 0) return shared === 0 ? 0 : Infinity;
			return Math.abs(shared) / Math.sqrt(small * meat);
		};
	};
}

/** Where the p-value falls under alpha: doubled outwards, then halved. */
function endOf(pOf: (b: number) => number, estimate: number, step: number, alpha: number): number | null {
	let inside = 0;
	let outside = 2;
	while (pOf(estimate + outside * step) > alpha) {
		inside = outside;
		outside *= 2;
		if (outside > 64) return null;
	}
	for (let round = 0; round < 12; round++) {
		const middle = (inside + outside) / 2;
		if (pOf(estimate + middle * step) > alpha) inside = middle;
		else outside = middle;
	}
	return estimate + ((inside + outside) / 2) * step;
}

function worldsOf(
	points: readonly number[],
	clusters: number,
	count: number,
	every: boolean,
	seed: number
): Float64Array[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, draw) =>
		Float64Array.from({ length: clusters }, (_cluster, cluster) =>
			at(
				points,
				every
					? Math.floor(draw / points.length ** cluster) % points.length
					: Math.floor(random() * points.length)
			)
		)
	);
}

/**
 * Randomisation inference for Fisher's sharp null "no unit would have fared otherwise" (Fisher 1935; Young 2019): which units are
 * treated, and from when, is dealt out anew among the units, and the effect of each deal is compared with the real one. Exact
 * for a lottery, however few the units; otherwise it tells how unusual the real assignment looks. `starts` holds the first
 * treated period of each unit, Infinity for never. Compared are t values, which keep their meaning when effects differ.
 */
export function randomizationTest(
	places: PanelPlaces,
	starts: ArrayLike<number>,
	y: Float64Array,
	{ draws = 999, seed = 1 }: { draws?: number; seed?: number } = {}
): Resampled | null {
	const projection = projectionOf(places);
	const outcome = outcomeLeft(projection, y);
	const tOf = (deal: ArrayLike<number>): number | null => {
		const x = Float64Array.from(places.unitOf, (unit, row) =>
			at(places.periods, at(places.periodOf, row)) >= at(deal, unit) ? 1 : 0
		);
		const original = x.reduce((sum, value) => sum + value, 0);
		const effect = coefficientOf(places, projection.residuals(x), outcome, projection.rank, original);
		if (effect === null || effect.standardError === null) return null;
		if (effect.standardError === 0) return effect.coefficient === 0 ? 0 : Infinity;
		return Math.abs(effect.coefficient / effect.standardError);
	};
	const real = tOf(starts);
	if (real === null) return null;
	const units = Array.from({ length: places.units }, (_, unit) => starts[unit] ?? Infinity);
	const every = allDeals(units, draws);
	const random = randomFrom(seed);
	const deals = every ?? Array.from({ length: draws }, () => shuffled(units, random));
	let far = 0;
	let looked = 0;
	for (const deal of deals) {
		const t = tOf(deal);
		if (t === null) continue;
		looked += 1;
		if (t >= real * (1 - 1e-12)) far += 1;
	}
	const exact = every !== null;
	return { pValue: exact ? far / looked : (far + 1) / (looked + 1), draws: looked, exact };
}

/** Every different deal, or null when there are more than `most`. */
function allDeals(units: readonly number[], most: number): number[][] | null {
	const counts = new Map<number, number>();
	for (const start of units) counts.set(start, (counts.get(start) ?? 0) + 1);
	// The multinomial coefficient, factor by factor; too large for a number it is Infinity, which is more than `most`.
	let deals = 1;
	let placed = 0;
	for (const count of counts.values()) for (let k = 1; k <= count; k++) deals = (deals * ++placed) / k;
	if (Math.round(deals) > most) return null;
	const found: number[][] = [];
	const deal = (so: number[]): void => {
		if (so.length === units.length) {
			found.push(so);
			return;
		}
		for (const [start, count] of counts) {
			if (count === 0) continue;
			counts.set(start, count - 1);
			deal([...so, start]);
			counts.set(start, count);
		}
	};
	deal([]);
	return found;
}
