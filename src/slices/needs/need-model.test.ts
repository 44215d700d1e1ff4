import { describe, expect, test } from 'vitest';
import { handedIn, IDP_NEXT, IDP_STATUSES, idpStep, suggestionsOf, withReason } from './idp.ts';
import {
	mergeable,
	NEED_EDITABLE,
	NEED_NEXT,
	NEED_STATUSES,
	needEditable,
	needStep,
	sameNeed
} from './need-model.ts';

describe('the way of a need', () => {
	test.each(NEED_STATUSES.flatMap((from) => NEED_STATUSES.map((to) => [from, to] as const)))(
		'%s → %s is as the table says',
		(from, to) => {
			if (NEED_NEXT[from].includes(to)) expect(needStep(from, to)).toEqual({ status: to });
			else
				expect(() => needStep(from, to)).toThrow(
					expect.objectContaining({ kind: 'refused', code: `needs.need.already.${from}` })
				);
		}
	);
	test('everything can be reached from a draft, and only decisions end', () => {
		const reached = new Set(['draft']);
		for (let grew = true; grew;) {
			const size = reached.size;
			for (const status of NEED_STATUSES)
				if (reached.has(status)) NEED_NEXT[status].forEach((to) => reached.add(to));
			grew = reached.size > size;
		}
		expect([...reached].sort()).toEqual([...NEED_STATUSES].sort());
		expect(NEED_STATUSES.filter((status) => NEED_NEXT[status].length === 0)).toEqual([
			'accepted',
			'rejected'
		]);
	});
	test.each(NEED_STATUSES)('%s may be changed only while it lies with its unit', (status) => {
		const change = () => needEditable(status);
		if (NEED_EDITABLE.includes(status)) expect(change).not.toThrow();
		else expect(change).toThrow();
	});
});

describe('merging', () => {
	const need = (change: object = {}) => ({
		kind: 'competency',
		competencyId: 'c',
		element: null,
		topic: 'Pelayanan',
		status: 'verified' as const,
		year: 2027,
		mergedInto: null,
		...change
	});
	test('takes the same need of several units, verified', () => {
		expect(() => mergeable([need(), need({ topic: 'otherwise written' })])).not.toThrow();
		expect(sameNeed(need())).not.toBe(sameNeed(need({ competencyId: 'd' })));
	});
	test.each([
		['one alone', [need()], 'needs.need.mergeFew'],
		['two competencies', [need(), need({ competencyId: 'd' })], 'needs.need.mergeDifferent'],
		['two years', [need(), need({ year: 2028 })], 'needs.need.mergeDifferent'],
		['one not verified', [need(), need({ status: 'submitted' })], 'needs.need.mergeNotVerified'],
		['a part of another', [need(), need({ mergedInto: 'x' })], 'needs.need.mergeNotVerified']
	])('refuses %s', (_, needs, code) => {
		expect(() => mergeable(needs)).toThrow(expect.objectContaining({ code }));
	});
});

describe('an individual plan', () => {
	test.each(IDP_STATUSES.flatMap((from) => IDP_STATUSES.map((to) => [from, to] as const)))(
		'%s → %s is as the table says',
		(from, to) => {
			if (IDP_NEXT[from].includes(to)) expect(idpStep(from, to)).toEqual({ status: to });
			else expect(() => idpStep(from, to)).toThrow(expect.objectContaining({ kind: 'refused' }));
		}
	);
	test('without a line is not handed in; without a reason nothing is sent back', () => {
		expect(() => handedIn(0)).toThrow();
		expect(() => handedIn(1)).not.toThrow();
		expect(() => withReason('revise', ' ')).toThrow();
		expect(() => withReason('agreed', '')).not.toThrow();
	});
	test('suggests the surest and largest gaps, five at most, and none that is not likely', () => {
		const gap = (name: string, pGap: number, shortfall: number) => ({
			competencyId: name,
			name,
			pGap,
			shortfall,
			required: 3
		});
		const gaps = [
			gap('a', 0.9, 1),
			gap('b', 0.4, 3),
			gap('c', 0.6, 2),
			...['d', 'e', 'f', 'g'].map((name) => gap(name, 0.5, 0.6))
		];
		expect(suggestionsOf(gaps).map(({ name, learningHours }) => [name, learningHours])).toEqual([
			['c', 40],
			['a', 20],
			['d', 20],
			['e', 20],
			['f', 20]
		]);
	});
});
