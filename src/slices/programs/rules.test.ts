import { describe, expect, test } from 'vitest';
import { NEXT, VERSION_STATUSES } from './model.ts';
import { blockersOf, learningHoursOf, linkState, mayChange, mayFollow } from './rules.ts';

describe('the life of a version', () => {
	test('a draft may go to partners or straight into force, and only a version in force is replaced', () => {
		expect(NEXT).toEqual({
			draft: ['review', 'in_force'],
			review: ['in_force'],
			in_force: ['retired'],
			retired: []
		});
	});

	test.each([
		['draft', true],
		['review', true],
		['in_force', false],
		['retired', false]
	] as const)('%s may be changed: %s', (status, changes) => {
		expect(mayChange(status)).toBe(changes);
	});

	test('nothing leads back from force to a draft', () => {
		for (const from of ['in_force', 'retired'] as const)
			for (const to of VERSION_STATUSES)
				expect(mayFollow(from, to)).toBe(from === 'in_force' && to === 'retired');
	});
});

describe('what keeps a version from coming into force', () => {
	test.each([
		[{ modules: 0, outcomes: 0, openAdvice: 0 }, ['noModules', 'noOutcomes']],
		[{ modules: 3, outcomes: 0, openAdvice: 0 }, ['noOutcomes']],
		[{ modules: 3, outcomes: 2, openAdvice: 1 }, ['adviceOpen']],
		[{ modules: 3, outcomes: 2, openAdvice: 0 }, []]
	])('%o → %o', (version, blockers) => {
		expect(blockersOf(version)).toEqual(blockers);
	});
});

test('JP of a version is the exact sum of hundredths', () => {
	expect(learningHoursOf([{ learningHours: 0.1 }, { learningHours: 0.2 }, { learningHours: 7.65 }])).toBe(
		7.95
	);
	expect(learningHoursOf([])).toBe(0);
});

describe("a partner's link", () => {
	const now = new Date('2026-03-09T03:00:00Z');
	test.each([
		['2026-03-09T03:00:01Z', null, 'open'],
		['2026-03-09T03:00:00Z', null, 'expired'],
		['2026-03-20T00:00:00Z', '2026-03-08T00:00:00Z', 'revoked'],
		['2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z', 'revoked']
	] as const)('good until %s, taken back at %s: %s', (until, revoked, state) => {
		const revokedAt = revoked === null ? null : new Date(revoked);
		expect(linkState({ expiresAt: new Date(until), revokedAt }, now)).toBe(state);
	});
});
