import { expect, test } from 'vitest';
import { cellsOf, largestFirst, shadesOf } from './heat.ts';

const sides = (...keys: string[]) => keys.map((key) => ({ key, label: key }));
const cells = cellsOf(sides('a', 'b'), sides('x', 'y', 'z'), (row, column) =>
	row === 'b'
		? { value: 9, suppressed: true }
		: column === 'x'
			? { value: 0.5 }
			: column === 'y'
				? { value: 1.5 }
				: undefined
);

test('the list under a map begins with the largest and never names a hidden or an unmeasured cell', () => {
	expect(largestFirst(cells).map(({ row, column, value }) => [row.key, column.key, value])).toEqual([
		['a', 'y', 1.5],
		['a', 'x', 0.5]
	]);
	expect(cells).toHaveLength(6);
});

test('the legend names every shade from below the first threshold to above the last', () => {
	expect(shadesOf([0.25, 1], String)).toEqual(['< 0.25', '0.25 – 1', '≥ 1']);
});
