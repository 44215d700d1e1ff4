import { expect, test } from 'vitest';
import { proposalsOf, seenIn, type Said } from './proposals.ts';

const item = (code: string, mean: number, points: 4 | 5 = 4) => ({
	code,
	wordingId: code,
	wordingEn: code,
	answers: 20,
	mean,
	points,
	spread: [0, 0, 0, 20] as const
});
const ofClass = (items: Said['items'], before: [string, number][] = []): Said => ({
	session: null,
	items,
	before: new Map(before)
});
const session = { id: 's2', number: 2, topic: 'Antrean' };
const named = (said: readonly Said[], found?: Set<string>) =>
	proposalsOf(said, found).map(({ kind, item: { code }, before, session: in_ }) => [
		kind,
		code,
		before,
		in_?.number
	]);

test('low items and drops since the version before are proposed, the worst first; the rest is left in peace', () => {
	expect(
		named([
			ofClass(
				[item('A', 3.4), item('B', 2.7), item('C', 3.1), item('D', 2.1)],
				[
					['C', 3.5],
					['A', 3.5]
				]
			)
		])
	).toEqual([
		['lowItem', 'D', null, undefined],
		['lowItem', 'B', null, undefined],
		['dropped', 'C', 3.5, undefined]
	]);
	expect(proposalsOf([])).toEqual([]);
});

test('a session proposes by itself and is named; its marks to five are weighed as those to four', () => {
	const said = [
		ofClass([item('A', 2.7)]),
		// 3.3 of 5 is 2.725 of 4; 3.5 is 2.875; and from 4.4 to 4.1 is not 0.3 of four.
		{
			session,
			items: [item('S', 3.3, 5), item('T', 3.5, 5), item('U', 4.1, 5), item('V', 4, 5)],
			before: new Map([
				['U', 4.4],
				['V', 4.4]
			])
		}
	];
	expect(named(said)).toEqual([
		['lowItem', 'A', null, undefined],
		['lowItem', 'S', null, 2],
		['dropped', 'V', 4.4, 2]
	]);
});

test('what a finding rests on is not proposed again, but the same item of another session is', () => {
	const said = [
		ofClass([item('A', 2)]),
		{ session, items: [item('A', 2)], before: new Map<string, number>() }
	];
	expect(named(said, new Set([seenIn('A', null)]))).toEqual([['lowItem', 'A', null, 2]]);
	expect(named(said, new Set([seenIn('A', 's2'), seenIn('A', null)]))).toEqual([]);
});
