import { describe, expect, test } from 'vitest';
import type { EvaluationOfVersion } from '#slices/evaluation/public.server.ts';
import { breaksOf, levelsOf, toldOf } from './levels.ts';
import { countsOf, inMayorsOrder, without } from './year.ts';

const gain = { shown: false as const, reason: 'tooFew' as const, n: 0, onlyBefore: 0, onlyAfter: 0 };
const nobody = { seated: 0, given: 0, shown: 0, few: 0, waiting: 0, forms: 0, mean: null };
const mastery = { people: 0, passed: 0, outcomes: 0, measured: 0, mastered: null, weakest: null };
const evaluation = (more: Partial<EvaluationOfVersion> = {}): EvaluationOfVersion => ({
	classes: 2,
	reaction: nobody,
	gain,
	pairs: 0,
	mastery,
	tests: { before: 'a', after: 'b' },
	...more
});
const applied = {
	passed: 30,
	plans: 20,
	yes: 5,
	partly: 6,
	no: 2,
	silent: 7,
	projects: 0,
	adopted: 0,
	adoptedPartly: 0,
	notAdopted: 0
};
const rated = {
	evaluations: 20,
	closed: 18,
	asked: 80,
	answered: 60,
	people: 18,
	before: 2,
	now: 2.5,
	error: 0.1
};
const again = { people: 18, before: 1, after: 0.5, short: 15, reached: 8 };

describe('a level of a curriculum version', () => {
	test('says its figures where they stand, each answer of who checked in counted once', () => {
		const levels = levelsOf(
			evaluation({ reaction: { ...nobody, seated: 40, given: 30, shown: 1, forms: 30, mean: 3.4 } }),
			{ applied, rated },
			again,
			[]
		);
		expect(levels.reaction).toMatchObject({ why: null, facts: { mean: 3.4, given: 30 } });
		expect(levels.applied).toMatchObject({ why: null, facts: { answered: 13 } });
		expect(levels.rated).toMatchObject({ why: null, facts: { before: 2, now: 2.5 } });
		expect(levels.remeasured).toEqual({ why: null, facts: again });
		expect(breaksOf(levels)).toEqual([2, 4]);
		expect(toldOf(levels)).toBe(2);
	});

	test.each([
		['no class is over', evaluation({ classes: 0 }), 'noClass', 'noClass'],
		['nobody answered or took a test', evaluation(), 'noAnswers', 'noPairs'],
		[
			'the material has no test before',
			evaluation({ tests: { before: null, after: 'b' } }),
			'noAnswers',
			'noTests'
		],
		['it still collects', evaluation({ reaction: { ...nobody, waiting: 1 } }), 'collecting', 'noPairs'],
		[
			'too few answered and took both tests',
			evaluation({ reaction: { ...nobody, given: 4, few: 1 }, pairs: 4 }),
			'tooFew',
			'tooFew'
		],
		['it is not for this reader', null, 'notYours', 'notYours']
	])('says why there is nothing: %s', (_what, found, reaction, learning) => {
		const levels = levelsOf(found, null, null, null);
		expect([levels.reaction.why, levels.learning.why]).toEqual([reaction, learning]);
	});

	test('says of work at the work place what is missing', () => {
		const why = (followUp: Parameters<typeof levelsOf>[1]) => {
			const { applied: plans, rated: others } = levelsOf(null, followUp, null, null);
			return [plans.why, others.why];
		};
		expect(why(undefined)).toEqual(['noPlans', 'notAsked']);
		expect(
			why({
				applied: { ...applied, yes: 0, partly: 0, no: 0, silent: 20 },
				rated: { ...rated, closed: 0 }
			})
		).toEqual(['noCheckIns', 'stillOpen']);
		expect(why({ applied: { ...applied, plans: 4 }, rated: { ...rated, people: 4 } })).toEqual([
			'tooFew',
			'tooFew'
		]);
	});

	test('few people and another role are no break; a level with one standing part is none either', () => {
		expect(breaksOf(levelsOf(null, null, null, null))).toEqual([]);
		expect(toldOf(levelsOf(null, null, null, null))).toBe(0);
		expect(
			breaksOf(levelsOf(evaluation({ reaction: { ...nobody, given: 4 }, pairs: 4 }), undefined, again, []))
		).toEqual([4]);
		expect(breaksOf(levelsOf(undefined, undefined, undefined, []))).toEqual([1, 2, 3, 4]);
	});

	test('gaps of fewer than five people say no number', () => {
		expect(levelsOf(null, null, { ...again, people: 4 }, null).remeasured).toEqual({ why: 'tooFew' });
	});
});

describe('the mayor’s year', () => {
	const verdict = (kind: 'better' | 'worse' | 'noEvidence' | 'cannotTell', day = 1) => ({
		verdict: {
			verdict: kind,
			messageKey: 'impact.verdict.better' as const,
			params: {},
			cautions: [],
			claim: 'lot' as const
		},
		frozenAt: new Date(Date.UTC(2026, 0, day))
	});
	test('what went wrong comes first, what nobody can say last, within it the newest', () => {
		const all = [
			verdict('cannotTell'),
			verdict('better', 1),
			verdict('noEvidence'),
			verdict('worse'),
			verdict('better', 2)
		];
		const sorted = all.toSorted(inMayorsOrder);
		expect(sorted.map((one) => one.verdict.verdict)).toEqual([
			'worse',
			'better',
			'better',
			'noEvidence',
			'cannotTell'
		]);
		expect(sorted[1]?.frozenAt.getUTCDate()).toBe(2);
		expect(countsOf(all)).toEqual([
			{ verdict: 'worse', count: 1 },
			{ verdict: 'better', count: 2 },
			{ verdict: 'noEvidence', count: 1 },
			{ verdict: 'cannotTell', count: 1 }
		]);
	});
	test('a program without a level is found under it, and under no other', () => {
		const program = (name: string, levels: boolean[]) => ({
			programId: name,
			name,
			finished: 1,
			seated: 10,
			levels
		});
		const programs = [
			program('whole', [true, true, true, true]),
			program('unmeasured', [true, true, false, false])
		];
		expect(([1, 2, 3, 4] as const).map((level) => without(programs, level).length)).toEqual([0, 0, 1, 1]);
	});
});
