import { expect, test } from 'vitest';
import { foldedTree } from './folded-tree.ts';

type Unit = Parameters<typeof foldedTree>[0][number];
const unit = (id: string, children: Unit[] = []): Unit => ({
	id,
	name: id,
	headName: null,
	actingName: null,
	actingKind: null,
	people: 1,
	children
});
const sections = (office: string, count: number) =>
	Array.from({ length: count }, (_, at) => unit(`${office}${at}`, [unit(`${office}${at}.1`)]));

test('a small tree comes whole', () => {
	const [root] = foldedTree([unit('kota', [unit('a', sections('a', 5)), unit('b')])], null);
	expect(root?.below).toBe(12);
	expect(root?.children[0]?.children[4]?.children[0]?.id).toBe('a4.1');
});

test('of a large one the offices come, with how many units are folded away, and the one that was unfolded', () => {
	const city = [unit('kota', [unit('a', sections('a', 40)), unit('b', sections('b', 3))])];
	const [closed] = foldedTree(city, null);
	expect(closed?.children.map(({ id, below, children }) => [id, below, children.length])).toEqual([
		['a', 80, 0],
		['b', 6, 0]
	]);
	const [open] = foldedTree(city, 'b');
	expect(open?.children[0]?.children).toEqual([]);
	expect(open?.children[1]?.children[2]?.children[0]?.id).toBe('b2.1');
	expect(foldedTree(city, 'nobody')).toEqual([closed]);
});
