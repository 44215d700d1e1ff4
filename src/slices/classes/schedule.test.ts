import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import {
	changesBetween,
	clockOf,
	daysAround,
	notStale,
	sessionMinutes,
	type SessionFacts
} from './schedule.ts';

const codeOf = (act: () => unknown): string => {
	try {
		act();
	} catch (error) {
		if (error instanceof AppError) return error.issues[0]?.code ?? error.code;
		throw error;
	}
	return 'done';
};

describe('how long a session lasts', () => {
	const days = { startsOn: '2026-03-09', endsOn: '2026-03-11' };
	test.each([
		[{ on: '2026-03-09', from: '08:00', to: '09:30', toNextDay: false }, 90],
		[{ on: '2026-03-11', from: '13:00', to: '16:45', toNextDay: false }, 225],
		[{ on: '2026-03-11', from: '22:00', to: '01:30', toNextDay: true }, 210]
	])('%j: %i minutes', (session, minutes) => {
		expect(sessionMinutes(session, days)).toBe(minutes);
	});

	test.each([
		[{ on: '2026-03-12', from: '08:00', to: '09:30', toNextDay: false }, 'classes.session.outsideClass'],
		[{ on: '2026-03-08', from: '08:00', to: '09:30', toNextDay: false }, 'classes.session.outsideClass'],
		[{ on: '2026-03-10', from: '08:00', to: '08:00', toNextDay: false }, 'classes.session.endsBeforeStart'],
		[{ on: '2026-03-10', from: '22:00', to: '01:30', toNextDay: false }, 'classes.session.endsBeforeStart'],
		[{ on: '2026-03-10', from: '08:00', to: '10:00', toNextDay: true }, 'classes.session.tooLong']
	])('%j is refused: %s', (session, code) => {
		expect(codeOf(() => sessionMinutes(session, days))).toBe(code);
	});

	test('a clock past midnight reads as a clock', () => {
		expect(clockOf(1530)).toBe('01:30');
		expect(clockOf(480)).toBe('08:00');
	});
});

test('a form made from an older edition is refused with who and when; who never saw one is not', () => {
	const by = { who: 'Rina', when: '2026-11-03T09:15' };
	expect(codeOf(() => notStale(2, 3, by))).toBe('classes.stale');
	expect(codeOf(() => notStale(3, 3, by))).toBe('done');
	expect(codeOf(() => notStale(undefined, 3, by))).toBe('done');
});

test('days of a class widen to a session moved out of them, and shrink after the edge it left', () => {
	const days = { startsOn: '2026-03-09', endsOn: '2026-03-11' };
	expect(daysAround(days, '2026-03-10', [])).toEqual(days);
	expect(daysAround(days, '2026-03-16', ['2026-03-09', '2026-03-10'])).toEqual({
		startsOn: '2026-03-09',
		endsOn: '2026-03-16'
	});
	expect(daysAround(days, '2026-03-02', [])).toEqual({ startsOn: '2026-03-02', endsOn: '2026-03-02' });
});

const facts: SessionFacts = {
	topic: 'Antrean',
	mode: 'class',
	startsAt: '2026-03-09T01:00:00.000Z',
	endsAt: '2026-03-09T03:00:00.000Z',
	place: '',
	room: 'Aula',
	point: null,
	link: null,
	facilitators: ['Ani'],
	guests: ''
};

test('what changed is said in kinds, and nothing when nothing did', () => {
	expect(changesBetween(facts, { ...facts })).toEqual([]);
	expect(changesBetween(facts, { ...facts, room: 'Kelas A', facilitators: ['Budi'] })).toEqual([
		'place',
		'facilitator'
	]);
	expect(changesBetween(facts, { ...facts, endsAt: '2026-03-09T04:00:00.000Z', topic: 'Loket' })).toEqual([
		'time',
		'topic'
	]);
});
