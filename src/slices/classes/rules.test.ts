import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { CLASS_NEXT, CLASS_STATUSES, REGISTRATION_NEXT, REGISTRATION_STATUSES, UNDECIDED } from './model.ts';
import {
	classStep,
	datesInOrder,
	fitsLine,
	registrationStep,
	seatFor,
	seatsKept,
	sessionHours,
	takesPeople,
	takesRequests,
	undecided
} from './rules.ts';

const codeOf = (act: () => unknown): string => {
	try {
		act();
	} catch (error) {
		if (error instanceof AppError) return error.issues[0]?.code ?? error.code;
		throw error;
	}
	return 'done';
};

const by = { who: 'Rina Siregar', when: '2026-11-03T09:15' };

test.each(CLASS_STATUSES.flatMap((from) => CLASS_STATUSES.map((to) => [from, to] as const)))(
	'a class that is %s becomes %s only when the table says so',
	(from, to) => {
		expect(codeOf(() => classStep(from, to)) === 'done').toBe(CLASS_NEXT[from].includes(to));
	}
);

test.each(REGISTRATION_STATUSES.flatMap((from) => REGISTRATION_STATUSES.map((to) => [from, to] as const)))(
	'a registration that is %s becomes %s only when the table says so',
	(from, to) => {
		expect(codeOf(() => registrationStep(from, to, by)) === 'done').toBe(
			REGISTRATION_NEXT[from].includes(to)
		);
	}
);

test('whoever passed or failed stays so', () => {
	expect(REGISTRATION_NEXT.passed).toEqual([]);
	expect(REGISTRATION_NEXT.failed).toEqual([]);
});

test('only an open class is asked; the office may still add people while it runs', () => {
	expect(CLASS_STATUSES.filter((status) => codeOf(() => takesRequests(status)) === 'done')).toEqual(['open']);
	expect(CLASS_STATUSES.filter((status) => codeOf(() => takesPeople(status)) === 'done')).toEqual([
		'open',
		'running'
	]);
});

test('a request is answered once, and the second to answer is told by whom', () => {
	for (const status of UNDECIDED) expect(codeOf(() => undecided(status, by))).toBe('done');
	for (const status of REGISTRATION_STATUSES.filter((one) => !UNDECIDED.includes(one)))
		expect(() => undecided(status, by)).toThrowError(
			expect.objectContaining({ kind: 'refused', params: { who: by.who, when: by.when } })
		);
});

describe('seats', () => {
	test.each([
		[20, 0, 0, 'enrolled'],
		[20, 19, 0, 'enrolled'],
		[20, 20, 0, 'waiting'],
		[20, 25, 0, 'waiting'],
		[20, 19, 1, 'waiting']
	] as const)(
		'of %i seats with %i taken and %i waiting, the next is %s',
		(seats, enrolled, waiting, next) => {
			expect(seatFor(seats, enrolled, waiting)).toBe(next);
		}
	);

	test('seats do not shrink below the people who hold one', () => {
		expect(codeOf(() => seatsKept(20, 20))).toBe('done');
		expect(codeOf(() => seatsKept(19, 20))).toBe('classes.class.seatsTaken');
	});
});

describe('plans and days', () => {
	test('a class carries out a decreed line with the program of that line', () => {
		expect(codeOf(() => fitsLine({ planStatus: 'decreed', programId: 'p' }, 'p'))).toBe('done');
		expect(codeOf(() => fitsLine({ planStatus: 'approved', programId: 'p' }, 'p'))).toBe(
			'classes.class.planNotDecreed'
		);
		expect(codeOf(() => fitsLine({ planStatus: 'decreed', programId: 'p' }, 'q'))).toBe(
			'classes.class.otherProgram'
		);
	});

	test('a class does not end before it starts', () => {
		expect(codeOf(() => datesInOrder('2026-03-09', '2026-03-09'))).toBe('done');
		expect(codeOf(() => datesInOrder('2026-03-09', '2026-03-08'))).toBe('classes.class.endsBeforeStart');
	});

	test('45 minutes that teach a module are 1 JP; openings and tests count none', () => {
		expect(sessionHours(900, true)).toBe(20);
		expect(sessionHours(90, true)).toBe(2);
		expect(sessionHours(100, true)).toBe(2.22);
		expect(sessionHours(90, false)).toBe(0);
	});
});
