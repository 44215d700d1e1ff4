import { describe, expect, test } from 'vitest';
import type { Purpose } from '#slices/content/public.ts';
import type { Attempt, LessonState, QuizState } from './model.ts';
import { believedTime, nextStep, opensMaterial, posttestFrom, revealsKey, startProblem } from './rules.ts';

const it = {
	id: 'c',
	name: 'PPP',
	status: 'running',
	mode: 'class',
	startsOn: '2026-03-09',
	endsOn: '2026-03-11',
	versionId: 'v'
};
const quiz = (purpose: Purpose, parts: Partial<QuizState> = {}): QuizState => ({
	id: purpose,
	purpose,
	title: purpose,
	passPercent: 70,
	questions: 5,
	retiredAt: null,
	...parts
});
const took = (purpose: Purpose, finished = true): Attempt => ({
	id: `t-${purpose}`,
	quizId: purpose,
	purpose,
	startedAt: new Date('2026-03-09T02:00:00Z'),
	finishedAt: finished ? new Date('2026-03-09T03:00:00Z') : null,
	score: finished ? 3 : null,
	maxScore: finished ? 5 : null
});

describe('who may learn', () => {
	test.each([
		['enrolled', 'open', true],
		['enrolled', 'running', true],
		['passed', 'finished', true],
		['failed', 'finished', true],
		['enrolled', 'planned', false],
		['enrolled', 'cancelled', false],
		['waiting', 'running', false],
		['requested', 'open', false],
		['withdrawn', 'running', false],
		['rejected', 'running', false]
	])('%s in a class that is %s: %s', (registration, status, opens) => {
		expect(opensMaterial(registration, status)).toBe(opens);
	});
});

describe('when a quiz may be begun', () => {
	test.each<[string, QuizState, Attempt[], string, ReturnType<typeof startProblem>]>([
		['the test before, before the class', quiz('pretest'), [], '2026-03-01', null],
		['the test before, on the last day', quiz('pretest'), [], '2026-03-11', null],
		['the test before, after the class', quiz('pretest'), [], '2026-03-12', 'pretestTooLate'],
		[
			'the test before, after the test after',
			quiz('pretest'),
			[took('posttest', false)],
			'2026-03-11',
			'pretestTooLate'
		],
		['a second test before', quiz('pretest'), [took('pretest')], '2026-03-09', 'alreadyTaken'],
		[
			'a second test before under a replaced quiz',
			quiz('pretest', { id: 'new' }),
			[took('pretest')],
			'2026-03-09',
			'alreadyTaken'
		],
		['the test after, a day early', quiz('posttest'), [], '2026-03-10', 'posttestTooEarly'],
		['the test after, on the last day', quiz('posttest'), [took('pretest')], '2026-03-11', null],
		['the test after, weeks later', quiz('posttest'), [], '2026-05-01', null],
		['a second test after', quiz('posttest'), [took('posttest')], '2026-03-12', 'alreadyTaken'],
		['practice, a third time', quiz('practice'), [took('practice'), took('practice')], '2026-03-10', null],
		['a quiz without questions', quiz('practice', { questions: 0 }), [], '2026-03-10', 'notReady'],
		['a quiz that was replaced', quiz('practice', { retiredAt: new Date() }), [], '2026-03-10', 'notReady']
	])('%s', (_, asked, attempts, today, problem) => {
		expect(startProblem(asked, it, attempts, today)).toBe(problem);
	});

	test('at one’s own pace the test after opens on the first day', () => {
		expect(posttestFrom(it)).toBe('2026-03-11');
		expect(posttestFrom({ ...it, mode: 'self_paced' })).toBe('2026-03-09');
	});
});

describe('when right answers may be seen', () => {
	test.each<[string, Purpose, Attempt[], string, boolean]>([
		['practice, at once', 'practice', [took('practice')], '2026-03-09', true],
		[
			'a test before, while the test after is still to come',
			'pretest',
			[took('pretest')],
			'2026-03-20',
			false
		],
		['a test after, while colleagues still sit theirs', 'posttest', [took('posttest')], '2026-03-11', false],
		['a test after, the day after the class', 'posttest', [took('posttest')], '2026-03-12', true],
		[
			'a test before, once the test after is in and the class over',
			'pretest',
			[took('pretest'), took('posttest')],
			'2026-03-12',
			true
		],
		[
			'a test before, with the test after still open',
			'pretest',
			[took('pretest'), took('posttest', false)],
			'2026-03-12',
			false
		]
	])('%s', (_, purpose, attempts, today, reveals) => {
		expect(revealsKey(purpose, it, attempts, today)).toBe(reveals);
	});
});

describe('what a device says about time', () => {
	const started = new Date('2026-03-09T02:00:00Z');
	const now = new Date('2026-03-09T03:00:00Z');
	test.each([
		['an hour of lost signal is believed', '2026-03-09T02:10:00Z', '2026-03-09T02:10:00Z'],
		['a clock that runs ahead is not', '2026-03-10T00:00:00Z', '2026-03-09T03:00:00Z'],
		['nor one from before the quiz began', '2026-03-08T00:00:00Z', '2026-03-09T02:00:00Z'],
		['a plain form says nothing: now', undefined, '2026-03-09T03:00:00Z']
	])('%s', (_, told, believed) => {
		expect(believedTime(told === undefined ? undefined : new Date(told), started, now).toISOString()).toBe(
			new Date(believed).toISOString()
		);
	});
});

describe('the next thing to do', () => {
	const lesson = (id: string, read: boolean): LessonState => ({
		id,
		title: id,
		minutes: 5,
		moduleId: 'm',
		moduleName: 'M',
		finishedAt: read ? new Date() : null
	});
	const quizzes = [quiz('pretest'), quiz('practice'), quiz('posttest')];
	const step = (lessons: LessonState[], attempts: Attempt[], today: string) => {
		const next = nextStep(it, lessons, quizzes, attempts, today);
		return 'lessonId' in next
			? `${next.kind} ${next.lessonId}`
			: 'quizId' in next
				? `${next.kind} ${next.quizId}`
				: next.kind;
	};
	test.each<[string, LessonState[], Attempt[], string, string]>([
		['what was begun comes first', [lesson('a', false)], [took('pretest', false)], '2026-03-09', 'resume'],
		['then the test before', [lesson('a', false)], [], '2026-03-09', 'quiz pretest'],
		[
			'then the first lesson not read',
			[lesson('a', true), lesson('b', false)],
			[took('pretest')],
			'2026-03-09',
			'lesson b'
		],
		['then waiting for the test after', [lesson('a', true)], [took('pretest')], '2026-03-10', 'wait'],
		['then the test after', [lesson('a', true)], [took('pretest')], '2026-03-11', 'quiz posttest'],
		['a missed test before does not stop anybody', [lesson('a', true)], [], '2026-03-12', 'quiz posttest'],
		['then nothing', [lesson('a', true)], [took('pretest'), took('posttest')], '2026-03-12', 'done'],
		['no praise without a lesson', [], [took('pretest'), took('posttest')], '2026-03-12', 'nothing']
	])('%s', (_, lessons, attempts, today, expected) => {
		expect(step(lessons, attempts, today)).toBe(expected);
	});
});
