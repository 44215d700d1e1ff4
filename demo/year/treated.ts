import { drawnOrder } from '#slices/impact/lots.ts';
import type { Agency } from '../people/model.ts';
import { normal, randomFor } from '../random.ts';
import { CHOSEN_COUNT } from './indicators.ts';
import type { City, World } from './world.ts';

const MAIN = 'Kecamatan Medan Marelan';
export const TREATED_COUNT = 10;

/** The pilot: trained first whatever the lot says, and so no part of the lottery. */
export const isPilot = (kecamatan: string): boolean => kecamatan === MAIN;
export const PLACES = TREATED_COUNT - 1;

/** The number that was said aloud before the draw. */
export const lotSeedOf = (seed: number, { key }: Agency): number =>
	randomFor(seed, key, 'lottery').int(0, 4_294_967_295);

/**
 * The kecamatan whose counters are trained first, drawn by the product's own lottery from the 21 (Marelan was the pilot and
 * stood fixed); the others wait for next year and are what the trained are compared with.
 */
export function drawnIn(seed: number, source: Agency): ReadonlySet<string> {
	const byCode = new Map(
		source.units
			.filter(({ kind, name }) => kind === 'subdistrict' && !isPilot(name))
			.map(({ code, name }) => [code, name])
	);
	const drawn = drawnOrder([...byCode.keys()], lotSeedOf(seed, source)).slice(0, PLACES);
	return new Set([MAIN, ...drawn.map((code) => byCode.get(code) ?? '')]);
}

export const treatedOffices = (world: World, city: City): ReadonlySet<string> =>
	drawnIn(world.seed, city.source);

/** Kecamatan that asked for the training themselves; no lot had a say. */
export function volunteersIn(seed: number, source: Agency): ReadonlySet<string> {
	const random = randomFor(seed, source.key, 'volunteers');
	const keen = kecamatanIn(source)
		.map((name) => ({ name, wish: normal(random) }))
		.sort((a, b) => b.wish - a.wish);
	return new Set(keen.slice(0, CHOSEN_COUNT).map(({ name }) => name));
}

export const kecamatanIn = (source: Agency): readonly string[] =>
	source.units
		.filter(({ kind }) => kind === 'subdistrict')
		.map(({ name }) => name)
		.sort();
export const kecamatanOf = (city: City): readonly string[] => kecamatanIn(city.source);
