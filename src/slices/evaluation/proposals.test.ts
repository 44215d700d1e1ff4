import { expect, test } from 'vitest';
import { proposalsOf } from './proposals.ts';

const item = (code: string, mean: number) => ({
	code,
	wordingId: code,
	wordingEn: code,
	answers: 20,
	mean,
	points: 4 as const,
	spread: [0, 0, 0, 20] as const
});

test('low items and drops since the version before are proposed, the worst first; the rest is left in peace', () => {
	const found = proposalsOf(
		[item('A', 3.4), item('B', 2.7), item('C', 3.1), item('D', 2.1)],
		new Map([
			['C', { mean: 3.5 }],
			['A', { mean: 3.5 }]
		])
	);
	expect(found.map(({ kind, item: { code }, before }) => [kind, code, before])).toEqual([
		['lowItem', 'D', null],
		['lowItem', 'B', null],
		['dropped', 'C', 3.5]
	]);
	expect(proposalsOf([], new Map())).toEqual([]);
});
