// Kawung: halved palm fruits, four around a point; one of the oldest batik patterns. Drawn on a square of 24 units
// whose edges meet their neighbours. The slit in each fruit (isen) is a hole, so one colour does on any ground.
const UNITS = 24;
// An ellipse of half axes 7.2 and 4 about (0, 0), and in it one of 3.7 and .95; leaning 45° down or up to the right.
const LEANING = {
	down: 'm-5.091-5.091a7.2 4 45 1 1 10.182 10.182a7.2 4 45 1 1-10.182-10.182zm2.475 2.475a3.7.95 45 1 1 5.232 5.232a3.7.95 45 1 1-5.232-5.232z',
	up: 'm-5.091 5.091a7.2 4-45 1 1 10.182-10.182a7.2 4-45 1 1-10.182 10.182zm2.475-2.475a3.7.95-45 1 1 5.232-5.232a3.7.95-45 1 1-5.232 5.232z'
} as const;
const KERNEL = 'M12 10.7l1.3 1.3-1.3 1.3-1.3-1.3z';
const MOTIF = `M6 6${LEANING.down}M18 6${LEANING.up}M18 18${LEANING.down}M6 18${LEANING.up}${KERNEL}`;
const CORNERS = 'M0 0h1.3L0 1.3zM24 0v1.3L22.7 0zM24 24h-1.3L24 22.7zM0 24v-1.3L1.3 24z';

/**
 * One tile of the pattern as an SVG text, seamless when repeated.
 * @param color any SVG paint, written into the file as it is: from code, never from what people type
 * @param size width and height, in pixels
 */
export function kawungTile(color: string, size: number): string {
	return svg(color, [size, size], [UNITS, UNITS], `<path d="${MOTIF}${CORNERS}"/>`);
}

/** The motif standing alone, as an emblem: without the corners that only make sense beside a neighbour. */
export function kawungRosette(color: string, size: number): string {
	return svg(color, [size, size], [UNITS, UNITS], `<path d="${MOTIF}"/>`);
}

/** A frame one tile thick, `columns` by `rows` tiles of 24 pixels, for the edge of a page; colour as for a tile. */
export function kawungFrame(color: string, columns: number, rows: number): string {
	// Placed copies rather than one long path: each repeats the same figures, which makes the PDF a third as large.
	const copies: string[] = [];
	for (let row = 0; row < rows; row++) {
		const step = row === 0 || row === rows - 1 ? 1 : columns - 1;
		for (let column = 0; column < columns; column += step) {
			copies.push(`<use href="#k" x="${column * UNITS}" y="${row * UNITS}"/>`);
		}
	}
	const size = [columns * UNITS, rows * UNITS] as const;
	return svg(color, size, size, `<defs><path id="k" d="${MOTIF}${CORNERS}"/></defs>${copies.join('')}`);
}

type Extent = readonly [width: number, height: number];

function svg(color: string, [width, height]: Extent, [across, down]: Extent, body: string): string {
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
		`viewBox="0 0 ${across} ${down}" fill="${color}" fill-rule="evenodd">${body}</svg>`
	);
}
