import { expect, test } from 'vitest';
import { kawungFrame, kawungRosette, kawungTile } from './kawung.ts';

test('a tile is a small square SVG in the one colour asked for', () => {
	const tile = kawungTile('currentColor', 48);
	expect(tile).toMatch(
		/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="48" height="48" viewBox="0 0 24 24" /u
	);
	expect(tile.match(/fill="[^"]*"/gu)).toEqual(['fill="currentColor"']);
	expect(tile.length).toBeLessThan(1000);
});

test('the rosette is the tile without what belongs to its neighbours', () => {
	expect(kawungTile('#000', 24).replace(/M0 0h1\.3[^"]*/u, '')).toBe(kawungRosette('#000', 24));
});

test('a frame goes once around and leaves the middle free', () => {
	const frame = kawungFrame('#000', 5, 4);
	expect(frame).toContain('viewBox="0 0 120 96"');
	const places = [...frame.matchAll(/<use href="#k" x="(\d+)" y="(\d+)"\/>/gu)].map(
		([, x, y]) => `${x},${y}`
	);
	expect(places).toHaveLength(2 * 5 + 2 * 4 - 4);
	expect(new Set(places).size).toBe(places.length);
	expect(places).toEqual(expect.arrayContaining(['0,0', '96,0', '0,72', '96,72', '0,24', '96,48']));
	expect(places).not.toContain('24,24');
});
