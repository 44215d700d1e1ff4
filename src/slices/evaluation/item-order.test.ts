import { expect, test } from 'vitest';
import { itemsSorted } from './item-order.ts';

const item = (number: number, facility: number | null) => ({
	number,
	facility,
	discriminationIndex: null,
	itemRest: null,
	flags: []
});
const items = [item(1, 0.5), item(2, null), item(3, 0.2), item(4, 0.5)];
const order = (by: 'facility' | 'number' | 'flags', descending: boolean) =>
	itemsSorted(items, { by, descending }).map(({ number }) => number);

test('items stand in the order asked for, those without the figure last', () => {
	expect(order('facility', false)).toEqual([3, 1, 4, 2]);
	expect(order('facility', true)).toEqual([1, 4, 3, 2]);
	expect(order('number', true)).toEqual([4, 3, 2, 1]);
	expect(order('flags', true)).toEqual([1, 2, 3, 4]);
});
