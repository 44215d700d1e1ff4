import { clusterAt, clusterCount, type PanelPlaces } from './panel.ts';
import { randomFrom, shuffled } from './random.ts';
import { coefficientOf, projectionOf } from './twoWayEffects.ts';

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
	/** All effects that the same test would not reject: the test turned round. Null when an end is not found. */
	interval: { lower: number; upper: number; level: number } | null;
};

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;

/**
 * Wild cluster bootstrap-t of the coefficient of x in a two-way fixed-effects regression, null imposed, Rademacher signs drawn
 * by unit, or by cluster of units (Cameron, Gelbach & Miller 2008; Roodman et al. 2019). Up to 2^G signs all are tried instead of drawn.
 * Assumes independent units; works from about a dozen, and fails with one or two treated units (MacKinnon & Webb 2018):
 * then use `randomizationTest`. Null when x has nothing left after the effects.
 */
export function wildClusterBootstrap(
	places: PanelPlaces,
	x: Float64Array,
	y: Float64Array,
	{ draws = 999, seed = 1, level = 0.95 }: { draws?: number; seed?: number; level?: number } = {}
): BootstrapResult | null {
	const projection = projectionOf(places);
	const left = projection.residuals(x);
	const outcome = projection.residuals(y);
	const original = x.reduce((sum, value) => sum + value * value, 0);
	const real = coefficientOf(places, left, outcome, projection.rank, original);
	if (real === null || real.standardError === null || real.standardError === 0) return null;
	const clusters = clusterCount(places);
	const exact = clusters <= 30 && 2 ** clusters <= draws;
	const signs = signsOf(clusters, exact ? 2 ** clusters : draws, exact, seed);
	// How often a world drawn under "the effect is b" is as far from b as the real one.
	const pOf = (b: number): number => {
		const restricted = outcome.map((value, row) => value - b * at(left, row));
		const t = Math.abs((real.coefficient - b) / (real.standardError ?? 1));
		let far = 0;
		for (const sign of signs) {
			const drawn = restricted.map(
				(value, row) => value * at(sign, clusterAt(places, at(places.unitOf, row)))
			);
			const world = coefficientOf(places, left, projection.residuals(drawn), projection.rank, original);
			if (world === null || world.standardError === null) continue;
			const own =
				world.standardError === 0
					? world.coefficient === 0
						? 0
						: Infinity
					: Math.abs(world.coefficient / world.standardError);
			if (own >= t * (1 - 1e-12)) far += 1;
		}
		return exact ? far / signs.length : (far + 1) / (signs.length + 1);
	};
	const end = (direction: 1 | -1) =>
		endOf(pOf, real.coefficient, direction * (real.standardError ?? 1), 1 - level);
	const [lower, upper] = [end(-1), end(1)];
	return {
		pValue: pOf(0),
		draws: signs.length,
		exact,
		interval: lower === null || upper === null ? null : { lower, upper, level }
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

function signsOf(units: number, count: number, exact: boolean, seed: number): Int8Array[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, draw) =>
		Int8Array.from({ length: units }, (_unit, unit) =>
			(exact ? Math.floor(draw / 2 ** unit) % 2 === 0 : random() < 0.5) ? 1 : -1
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
	const outcome = projection.residuals(y);
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
