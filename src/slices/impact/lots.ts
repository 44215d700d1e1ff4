import { randomFrom, shuffled } from '#kernel/statistics/random.ts';

/**
 * The order in which units are drawn. They are put in the order of their ids first, so that neither the list's order nor a
 * name decides; then shuffled by the seed alone (kernel `random.ts`). Whoever knows seed and ids gets the same order.
 */
export const drawnOrder = (unitIds: readonly string[], seed: number): string[] =>
	shuffled(
		unitIds.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
		randomFrom(seed)
	);

/** Does the stored result follow from the stored seed? Looked at whenever the study is shown. */
export function drawHolds(
	units: readonly { unitId: string; treated: boolean; lot: number | null }[],
	seed: number
): boolean {
	const drawn = units.filter(({ lot }) => lot !== null);
	const places = drawn.filter(({ treated }) => treated).length;
	const byId = new Map(drawn.map((unit) => [unit.unitId, unit]));
	return drawnOrder([...byId.keys()], seed).every((id, at) => {
		const unit = byId.get(id);
		return unit?.lot === at + 1 && unit.treated === at < places;
	});
}
