import { drawnOrder } from '#slices/impact/lots.ts';
import { randomFor } from '../random.ts';
import type { City, World } from './world.ts';

const MAIN = 'Kecamatan Medan Marelan';
export const TREATED_COUNT = 10;

/** The pilot: trained first whatever the lot says, and so no part of the lottery. */
export const isPilot = (kecamatan: string): boolean => kecamatan === MAIN;
export const PLACES = TREATED_COUNT - 1;

/** The number that was said aloud before the draw. */
export const lotSeed = (world: World, city: City): number =>
	randomFor(world.seed, city.key, 'lottery').int(0, 4_294_967_295);

/**
 * The kecamatan whose counters are trained first, drawn by the product's own lottery from the 21 (Marelan was the pilot and
 * stood fixed); the others wait for next year and are what the trained are compared with.
 */
export function treatedOffices(world: World, city: City): ReadonlySet<string> {
	const byCode = new Map(
		city.source.units
			.filter(({ kind, name }) => kind === 'subdistrict' && !isPilot(name))
			.map(({ code, name }) => [code, name])
	);
	const drawn = drawnOrder([...byCode.keys()], lotSeed(world, city)).slice(0, PLACES);
	return new Set([MAIN, ...drawn.map((code) => byCode.get(code) ?? '')]);
}

export const kecamatanOf = (city: City): readonly string[] =>
	city.source.units
		.filter((unit) => unit.kind === 'subdistrict')
		.map(({ name }) => name)
		.sort();
