import { describe, expect, test } from 'vitest';
import { STAGES, threadOf, unbroken, type ThreadFacts } from './rules.ts';

const whole: ThreadFacts = {
	gap: {
		competency: 'Pelayanan Publik',
		unit: 'Kecamatan Medan Marelan',
		people: 40,
		mean: 1.4,
		href: '/needs',
		outside: false
	},
	need: { topic: 'Pelayanan Publik', count: 1, people: 60, href: '/needs/proposals/1', outside: false },
	planLine: { count: 1, plan: 'Rencana 2026', decree: '800/12/2026', seats: 60, href: '/plans/1' },
	curriculum: { program: 'Pelayanan Prima', number: 2, href: '/programs/1' },
	classes: { count: 3, finished: 3, href: '/classes/1' },
	attendance: { participants: 58, percent: 93, passed: 55 },
	reaction: { answered: 50, mean: 3.4 },
	learning: { pairs: 52, gain: 18 },
	findings: { count: 2, decided: 1, changed: 1, href: '/evaluation/1' },
	credentials: { certificates: 55, learningHours: 1320 },
	followup: { plans: 40, done: 12, projects: 3, adopted: 1, href: '/followup/board' },
	checkIns: { answered: 30, yes: 12, partly: 14, no: 4, silent: 8 },
	evaluated: {
		evaluations: 40,
		closed: 38,
		asked: 200,
		answered: 150,
		people: 38,
		before: 2.1,
		now: 2.6,
		href: '/followup/results'
	},
	remeasured: { people: 30, before: 1.4, after: 0.6 },
	study: { count: 1, before: 1, href: '/impact/1' },
	impact: { count: 1, href: '/impact/1' },
	studiesOutside: false
};
const nothing = {
	...Object.fromEntries(STAGES.map((name) => [name, null])),
	studiesOutside: false
} as ThreadFacts;

describe('the red thread', () => {
	test('shows every stage once, in the order of the cycle', () => {
		expect(threadOf(whole).map((stage) => stage.name)).toEqual([...STAGES]);
		expect(threadOf(nothing).map((stage) => stage.name)).toEqual([...STAGES]);
	});
	test('a whole thread has no break', () => {
		expect(unbroken(threadOf(whole))).toBe(STAGES.length);
	});
	test('where nothing is, the stage says so and leads nowhere', () => {
		expect(threadOf(nothing).every((stage) => stage.state === 'missing' && stage.href === null)).toBe(true);
	});
	test.each(STAGES)('a missing %s is shown as a break and breaks nothing else', (name) => {
		const stages = threadOf({ ...whole, [name]: null });
		expect(stages.filter((stage) => stage.state === 'missing').map((stage) => stage.name)).toEqual([name]);
	});
	test('an evaluation that is being asked is no result yet, and no part of it is told', () => {
		const evaluated = whole.evaluated && { ...whole.evaluated, closed: 0 };
		const stage = threadOf({ ...whole, evaluated }).find(({ name }) => name === 'evaluated');
		expect(stage).toMatchObject({ state: 'missing', params: {} });
	});
	test('answers and scores of fewer than five people are not shown, but are no break', () => {
		const stages = threadOf({
			...whole,
			gap: {
				competency: 'Pelayanan Publik',
				unit: 'Loket',
				people: 4,
				mean: 2,
				href: '/needs',
				outside: false
			},
			reaction: { answered: 4, mean: 2 },
			learning: { pairs: 4, gain: 9 },
			checkIns: { answered: 4, yes: 4, partly: 0, no: 0, silent: 0 },
			evaluated: {
				evaluations: 4,
				closed: 4,
				asked: 8,
				answered: 8,
				people: 4,
				before: 2,
				now: 3,
				href: '/followup/results'
			},
			remeasured: { people: 4, before: 2, after: 1 }
		});
		const few = stages.filter((stage) => stage.state === 'hidden');
		expect(few.map((stage) => stage.name)).toEqual([
			'gap',
			'reaction',
			'learning',
			'checkIns',
			'evaluated',
			'remeasured'
		]);
		expect(few.every((stage) => Object.keys(stage.params).join() === 'smallest')).toBe(true);
	});
});
