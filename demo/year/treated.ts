import { randomFor } from '../random.ts';
import type { City, World } from './world.ts';

const MAIN = 'Kecamatan Medan Marelan';
export const TREATED_COUNT = 10;

/**
 * The kecamatan whose counters are trained first, drawn by lot from the 21 (Marelan was the pilot and stood fixed); the
 * others wait for next year and are what the trained are compared with.
 */
export function treatedOffices(world: World, city: City): ReadonlySet<string> {
	const random = randomFor(world.seed, city.key, 'lottery');
	const others = kecamatanOf(city)
		.filter((name) => name !== MAIN)
		.map((name) => ({ name, lot: random.next() }))
		.sort((a, b) => a.lot - b.lot)
		.slice(0, TREATED_COUNT - 1)
		.map(({ name }) => name);
	return new Set([MAIN, ...others]);
}

export const kecamatanOf = (city: City): readonly string[] =>
	city.source.units
		.filter((unit) => unit.kind === 'subdistrict')
		.map(({ name }) => name)
		.sort();
