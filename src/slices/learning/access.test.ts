import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { canAnswer, canLearn, canSeeProgress } from './access.ts';

const actor = (personId: string | null, ...grants: Actor['grants'][number][]): Actor => ({
	agencyId: 'a',
	accountId: 'u',
	personId,
	name: 'Ani',
	unitPath: '1.2',
	hat: null,
	grants
});
const seat = { personId: 'ani', status: 'enrolled', classStatus: 'running' };

describe('material and tests', () => {
	test('belong to who holds the seat', () => {
		expect(canLearn(actor('ani'), seat)).toBe(true);
		expect(canLearn(actor('budi'), seat)).toBe(false);
		expect(canLearn(actor('ani'), undefined)).toBe(false);
		expect(canLearn(actor('ani'), { ...seat, status: 'waiting' })).toBe(false);
	});
	test('are not opened by any ability', () => {
		const office = actor(
			'officer',
			{ ability: 'learning.read', unitPath: '' },
			{ ability: 'content.edit', unitPath: '' }
		);
		expect(canLearn(office, seat)).toBe(false);
		expect(canAnswer(office, seat)).toBe(false);
	});
	test('nobody without a person learns, not even where the seat has none', () => {
		expect(canAnswer(actor(null), { personId: '' })).toBe(false);
	});
});

describe('progress of a class', () => {
	test.each([
		['its facilitator', actor('t', { ability: 'learning.read', unitPath: '1.4' }), true, true],
		[
			'a facilitator of other classes',
			actor('t', { ability: 'learning.read', unitPath: '1.4' }),
			false,
			false
		],
		['the office', actor('o', { ability: 'learning.read', unitPath: '' }), false, true],
		['a participant who stood in once', actor('p'), true, false]
	])('is seen by %s', (_, who, teaches, sees) => {
		expect(canSeeProgress(who, { teaches })).toBe(sees);
	});
});
