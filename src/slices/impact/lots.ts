import { randomFrom, shuffled } from '#kernel/statistics/random.ts';

/**
 * The order in which applicants are drawn. They stand in the order of their keys first (the unit's code, or its id), so that
 * the list's order decides nothing; then they are shuffled by the seed alone (kernel `random.ts`). Whoever knows seed and keys
 * gets the same order.
 */
export const drawnOrder = (keys: readonly string[], seed: number): string[] =>
	shuffled(
		keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
		randomFrom(seed)
	);

/** Does the stored result follow from the stored seed? Looked at whenever the study is shown. */
export function drawHolds(
	units: readonly { treated: boolean; lot: number | null; lotKey: string | null }[],
	seed: number
): boolean {
	const drawn = units.filter(({ lot }) => lot !== null);
	const places = drawn.filter(({ treated }) => treated).length;
	const byKey = new Map(drawn.map((unit) => [unit.lotKey ?? '', unit]));
	return (
		byKey.size === drawn.length &&
		drawnOrder([...byKey.keys()], seed).every((key, at) => {
			const unit = byKey.get(key);
			return unit?.lot === at + 1 && unit.treated === at < places;
		})
	);
}
