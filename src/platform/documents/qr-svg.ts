import { encodeQR } from 'qr';

/**
 * A QR code (ISO/IEC 18004, error correction M: 15 %) as an SVG text, black on nothing, one unit a module, with a
 * border of one module: whoever places it leaves three more of white on every side, the quiet zone of the standard.
 * Modules side by side are drawn as one bar: separate squares show hair-thin gaps on some screens and printers.
 */
export function qrSvg(text: string): string {
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
	const bars = rows.flatMap((row, y) => barsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rows.length} ${rows.length}"><path d="${bars.join('')}"/></svg>`;
}

function barsOf(row: readonly boolean[]): [start: number, width: number][] {
	const bars: [number, number][] = [];
	row.forEach((dark, x) => {
		if (!dark) return;
		const last = bars.at(-1);
		if (last && last[0] + last[1] === x) last[1] += 1;
		else bars.push([x, 1]);
	});
	return bars;
}
