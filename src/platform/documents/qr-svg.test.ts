import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qrSvg } from './qr-svg.ts';

/** Paints the bars of the SVG on white, as a camera with `scale` pixels a module and the quiet zone would see them. */
function photographed(svg: string, scale: number) {
	const modules = Number(/viewBox="0 0 (\d+)/u.exec(svg)?.[1]);
	const quiet = 3;
	const side = (modules + 2 * quiet) * scale;
	const data = new Uint8ClampedArray(side * side * 4).fill(255);
	for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/gu)) {
		for (let dy = 0; dy < scale; dy++) {
			const from = ((Number(y) + quiet) * scale + dy) * side + (Number(x) + quiet) * scale;
			for (let dx = 0; dx < Number(width) * scale; dx++) data.fill(0, (from + dx) * 4, (from + dx) * 4 + 3);
		}
	}
	return { width: side, height: side, data };
}

test.each(['https://asah.medan.go.id/v/7K3M-9QX2-P4TD', 'https://a.id/v/' + 'x'.repeat(120)])(
	'a camera reads %s back',
	(url) => {
		expect(decodeQR(photographed(qrSvg(url), 4))).toBe(url);
	}
);

test('modules side by side are one bar', () => {
	// The top of a finder pattern is seven dark modules in a row (ISO/IEC 18004 §6.3.3).
	expect(qrSvg('asah')).toContain('d="M1 1h7v1h-7z');
});
