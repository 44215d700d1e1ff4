import { expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { NEXT, PLAN_STATUSES, planStatus } from './model.ts';
import {
	decreeDated,
	editable,
	evidenceOf,
	isBreak,
	raises,
	shownEvidence,
	step,
	submittable
} from './rules.ts';

const last = { who: 'Rina Siregar', when: '03-11-2026 09:15' };

const refusalOf = (act: () => unknown): AppError => {
	try {
		act();
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error('nothing was refused');
};

test.each(PLAN_STATUSES.flatMap((from) => PLAN_STATUSES.map((to) => [from, to] as const)))(
	'a plan that is %s becomes %s only when the table of statuses says so',
	(from, to) => {
		if (NEXT[from].includes(to)) expect(step(from, to, last)).toEqual({ status: to });
		else {
			const refusal = refusalOf(() => step(from, to, last));
			expect(refusal.kind).toBe('refused');
			expect(refusal.params).toEqual(last);
		}
	}
);

test('a decree is the end: nothing follows it', () => {
	expect(NEXT.decreed).toEqual([]);
	expect(refusalOf(() => step('decreed', 'returned', last)).code).toBe('plans.plan.alreadyDecreed');
});

test('the second of two who approve is told who was first, and when', () => {
	const refusal = refusalOf(() => step('approved', 'approved', last));
	expect(refusal.code).toBe('plans.plan.alreadyApproved');
	expect(refusal.params).toEqual({ who: 'Rina Siregar', when: '03-11-2026 09:15' });
});

test.each([
	['draft', true],
	['returned', true],
	['submitted', false],
	['approved', false],
	['decreed', false]
] as const)('a plan that is %s may be changed: %s', (status, may) => {
	if (may) expect(() => editable(status, last)).not.toThrow();
	else expect(refusalOf(() => editable(status, last)).kind).toBe('refused');
});

const totals = { lines: 2, seats: 60, cost: 120_000_000, learningHours: 1200, breaks: 0 };

test('an empty plan is not submitted', () => {
	expect(refusalOf(() => submittable({ ...totals, lines: 0 }, 1)).code).toBe('plans.submit.empty');
});

test('a plan over its ceiling is not submitted, and the refusal says by how much', () => {
	const refusal = refusalOf(() => submittable(totals, 100_000_000));
	expect(refusal.code).toBe('plans.submit.overBudget');
	expect(refusal.params).toEqual({ cost: 'Rp 120.000.000', budget: 'Rp 100.000.000', over: 'Rp 20.000.000' });
	expect(() => submittable(totals, 120_000_000)).not.toThrow();
});

test('a decree is not dated ahead of today', () => {
	expect(() => decreeDated('2026-11-03', '2026-11-03')).not.toThrow();
	const refusal = refusalOf(() => decreeDated('2026-11-04', '2026-11-03'));
	expect(refusal.issues).toEqual([
		{ path: 'decreeDate', code: 'plans.decree.future', params: { today: '2026-11-03' } }
	]);
});

test('a line from a gap needs people who have it and a program that raises it', () => {
	expect(refusalOf(() => evidenceOf('c', { people: 0, mean: null })).code).toBe('plans.line.noGap');
	expect(evidenceOf('c', { people: 12, mean: 1.4 })).toEqual({ campaignId: 'c', people: 12, mean: 1.4 });
	expect(refusalOf(() => raises(undefined)).code).toBe('plans.line.doesNotRaise');
	expect(raises({ level: 3, learningHours: 20 }).level).toBe(3);
});

test('the mean gap of fewer than five people is not shown', () => {
	expect(shownEvidence(4, 2)).toEqual({ people: 'few', mean: null });
	expect(shownEvidence(5, 2)).toEqual({ people: 5, mean: 2 });
});

test('a line without a campaign is a break in the thread', () => {
	expect(isBreak({ campaignId: null })).toBe(true);
	expect(isBreak({ campaignId: 'c' })).toBe(false);
});

test('a status that the database cannot hold is a bug, not a plan', () => {
	expect(() => planStatus('lost')).toThrow(TypeError);
});
