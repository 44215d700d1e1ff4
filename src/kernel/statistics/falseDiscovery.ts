/**
 * Adjusted p-values of a study's several outcomes (Benjamini & Hochberg 1995, JRSS B 57), in the order given: of the outcomes
 * called changed at `q`, at most a share q is wrongly called so, on average. As R's p.adjust(method = "BH"). Assumes
 * independent or positively dependent tests.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
	const m = pValues.length;
	const order = [...pValues.keys()].sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
	const adjusted = new Array<number>(m).fill(1);
	let least = 1;
	order.forEach((index, place) => {
		least = Math.min(least, ((pValues[index] ?? 1) * m) / (m - place));
		adjusted[index] = least;
	});
	return adjusted;
}
