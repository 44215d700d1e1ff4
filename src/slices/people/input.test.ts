import { describe, expect, it } from 'vitest';
import { SheetShape } from './input.ts';

const sheetWith = (...cells: unknown[]) => ({
	kind: 'units',
	sheetName: '',
	headerRow: 1,
	columns: [],
	dropped: [],
	absent: [],
	skipped: 0,
	rows: [
		{ row: 2, cells: ['x'] },
		{ row: 3, cells }
	]
});
const wrongPlaces = (sheet: unknown) =>
	SheetShape.safeParse(sheet).error?.issues.map(({ path }) => path.join('.'));

describe('a sheet that a machine sends', () => {
	it.each([
		['a number', [1]],
		['nothing', [null]],
		['a thousand letters and one', ['x'.repeat(1001)]]
	])('holds text of at most a thousand letters: %s is refused by its row', (_name, cells) => {
		expect(wrongPlaces(sheetWith(...cells))).toContain('rows.1.cells');
	});

	it('is refused nowhere else for cells that are text', () => {
		expect(wrongPlaces(sheetWith('x'.repeat(1000), ''))).not.toContain('rows.1.cells');
	});
});
