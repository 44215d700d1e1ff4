import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import type { ClassEnd, ReactionItem } from './model.ts';
import { reactionWindow, readAnswers, resultsState, takeReaction } from './rules.ts';

const END: ClassEnd = {
	held: true,
	finished: true,
	lastSessionEndsAt: new Date('2026-03-06T09:00:00Z'),
	lastDay: '2026-03-06'
};

describe('reactions are taken for a week after the last session', () => {
	test.each<[string, Partial<ClassEnd>, string, string, string]>([
		['a minute before it ends', {}, '2026-03-06T08:59:00Z', '2026-03-06', 'notYet'],
		['when it ends', {}, '2026-03-06T09:00:00Z', '2026-03-06', 'open'],
		['on the last day', {}, '2026-03-13T20:00:00Z', '2026-03-13', 'open'],
		['the day after', {}, '2026-03-14T01:00:00Z', '2026-03-14', 'over'],
		[
			'without sessions, on the last day of the class',
			{ lastSessionEndsAt: null },
			'2026-03-06T20:00:00Z',
			'2026-03-06',
			'notYet'
		],
		[
			'without sessions, the next day',
			{ lastSessionEndsAt: null },
			'2026-03-07T01:00:00Z',
			'2026-03-07',
			'open'
		],
		['when the class was called off', { held: false }, '2026-03-07T01:00:00Z', '2026-03-07', 'never']
	])('%s', (_, change, now, today, expected) => {
		expect(reactionWindow({ ...END, ...change }, new Date(now), today)).toBe(expected);
	});

	test('and refused in words at any other time', () => {
		expect(() => takeReaction(END, new Date('2026-03-20T09:00:00Z'), '2026-03-20')).toThrow(
			'evaluation.reaction.over'
		);
	});
});

describe('results are shown when no single answer can be told from them', () => {
	const late = new Date('2026-03-20T09:00:00Z');
	test.each<[string, boolean, number, number, string, string]>([
		['class not finished', false, 9, 9, '2026-03-20', 'notFinished'],
		['answers still come in', true, 8, 9, '2026-03-10', 'collecting'],
		['everybody has answered', true, 9, 9, '2026-03-10', 'shown'],
		['the form is closed', true, 5, 9, '2026-03-20', 'shown'],
		['four people', true, 4, 9, '2026-03-20', 'tooFew'],
		['all four of four', true, 4, 4, '2026-03-10', 'tooFew']
	])('%s', (_, finished, given, seated, today, expected) => {
		expect(resultsState({ ...END, finished }, { given, seated, opened: true }, late, today)).toBe(expected);
	});
});

test('a session’s form has fewer days than a class’s', () => {
	const end = { ...END, days: 3 };
	expect(reactionWindow(end, new Date('2026-03-09T03:00:00Z'), '2026-03-09')).toBe('open');
	expect(reactionWindow(end, new Date('2026-03-10T03:00:00Z'), '2026-03-10')).toBe('over');
});

describe('what was answered', () => {
	const items: ReactionItem[] = [
		{ code: 'O.01', aspect: 'organiser', kind: 'score', wordingId: '', wordingEn: '' },
		{ code: 'A.02', aspect: 'application', kind: 'text', wordingId: '', wordingEn: '' }
	];
	const own: ReactionItem[] = [
		{ code: 'X.1', aspect: 'material', kind: 'scale', wordingId: '', wordingEn: '' },
		{ code: 'X.2', aspect: 'application', kind: 'confidence', wordingId: '', wordingEn: '' }
	];
	const issuesOf = (given: Parameters<typeof readAnswers>[1], asked = items) => {
		try {
			readAnswers(asked, given);
		} catch (error) {
			if (error instanceof AppError) return error.issues.map(({ path }) => path);
		}
		return [];
	};

	test('is kept as one score or one text each, and an empty text is nothing', () => {
		expect(
			readAnswers(items, [
				{ item: 'O.01', score: 3 },
				{ item: 'A.02', remark: '' }
			])
		).toEqual([{ item: 'O.01', score: 3, grade: null, before: null, remark: null }]);
		expect(
			readAnswers(items, [
				{ item: 'O.01', score: 3 },
				{ item: 'A.02', remark: 'Loket dua' }
			])
		).toHaveLength(2);
	});

	test.each<[string, Parameters<typeof readAnswers>[1], string[]]>([
		['a missing score is told beside its field', [{ item: 'O.01' }, { item: 'A.02' }], ['answers.0.score']],
		['a form without the item', [{ item: 'A.02', remark: 'x' }], ['answers']],
		[
			'twice the same item',
			[
				{ item: 'O.01', score: 3 },
				{ item: 'O.01', score: 1 }
			],
			['answers.1']
		],
		['a text where a score belongs', [{ item: 'O.01', remark: 'x' }], ['answers.0', 'answers']],
		[
			'an item that nobody asks',
			[
				{ item: 'O.01', score: 3 },
				{ item: 'Z.99', score: 3 }
			],
			['answers.1']
		]
	])('%s', (_, given, paths) => {
		expect(issuesOf(given)).toEqual(paths);
	});

	test('goes to five on a form of one’s own, to four on the shipped one; confidence is a pair or nothing', () => {
		expect(
			readAnswers(own, [
				{ item: 'X.1', score: 5 },
				{ item: 'X.2', before: 2, score: 4 }
			])
		).toEqual([
			{ item: 'X.1', score: null, grade: 5, before: null, remark: null },
			{ item: 'X.2', score: null, grade: 4, before: 2, remark: null }
		]);
		expect(readAnswers(own, [{ item: 'X.1', score: 5 }, { item: 'X.2' }])).toHaveLength(1);
		expect(issuesOf([{ item: 'O.01', score: 5 }])).toEqual(['answers.0', 'answers']);
		expect(
			issuesOf(
				[
					{ item: 'X.1', score: 1 },
					{ item: 'X.2', score: 4 }
				],
				own
			)
		).toEqual(['answers.1.before']);
		expect(
			issuesOf(
				[
					{ item: 'X.1', score: 1 },
					{ item: 'X.2', before: 4 }
				],
				own
			)
		).toEqual(['answers.1.score']);
		expect(issuesOf([{ item: 'X.1', before: 1, score: 1 }, { item: 'X.2' }], own)).toEqual([
			'answers.0',
			'answers'
		]);
	});
});
