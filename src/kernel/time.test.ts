import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	civilTimeIn,
	daysBetween,
	isValidDate,
	monthsBetween,
	parseDateId,
	romanMonth,
	todayIn,
	yearOf
} from './time.ts';

const anyDate = fc.integer({ min: -25_000, max: 40_000 }).map((days) => addDays('1970-01-01', days));

describe('civil dates', () => {
	test.each([
		['2024-02-29', true],
		['2023-02-29', false],
		['1900-02-29', false],
		['2000-02-29', true],
		['1995-02-30', false],
		['1985-13-12', false],
		['2024-00-10', false],
		['2024-04-31', false],
		['2024-1-1', false],
		['0085-03-12', false],
		['2024-01-01T00:00', false],
		['', false]
	])('%s is a real day: %s', (value, real) => {
		expect(isValidDate(value)).toBe(real);
	});

	test('days are counted over leap days and year ends', () => {
		expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
		expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
		expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
		expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
		expect(daysBetween('2024-01-02', '2024-01-01')).toBe(-1);
	});

	test('adding the days between two dates leads from one to the other', () => {
		fc.assert(fc.property(anyDate, anyDate, (from, to) => addDays(from, daysBetween(from, to)) === to));
	});

	test.each([
		['1985-03-12', '2010-03-11', 299],
		['1985-03-12', '2010-03-12', 300],
		['2024-01-31', '2024-02-29', 0],
		['2024-01-31', '2024-03-31', 2],
		['2024-05-10', '2024-05-10', 0],
		['2024-03-31', '2024-01-31', -2]
	])('from %s to %s are %i whole months', (from, to, months) => {
		expect(monthsBetween(from, to)).toBe(months);
	});

	test('a date that does not exist is a bug of the caller, not a silent NaN', () => {
		expect(() => addDays('2023-02-30', 1)).toThrow(RangeError);
		expect(() => addDays('2023-02-20', 1.5)).toThrow(RangeError);
		expect(() => daysBetween('kemarin', '2024-01-01')).toThrow(RangeError);
		expect(yearOf('2024-12-31')).toBe(2024);
	});
});

describe('dates as office files hold them', () => {
	test.each<[string | number | Date, string | null]>([
		['12-03-1985', '1985-03-12'],
		['12/03/1985', '1985-03-12'],
		['03/04/2024', '2024-04-03'],
		['5/3/1985', '1985-03-05'],
		['1985-03-12', '1985-03-12'],
		[' 12-03-1985 ', '1985-03-12'],
		['12.03.1985', '1985-03-12'],
		['12 Maret 1985', '1985-03-12'],
		['5 MEI 2024', '2024-05-05'],
		['05-Agu-2024', '2024-08-05'],
		['5 Nopember 2024', '2024-11-05'],
		['1-Dec-2023', '2023-12-01'],
		['17/Agt./2024', '2024-08-17'],
		['1985-03-12 08:30:11', '1985-03-12'],
		['12/03/1985 0:00', '1985-03-12'],
		['1985-03-12 00:00:00', '1985-03-12'],
		['1985-03-12T00:00:00.000Z', '1985-03-12'],
		['45000', '2023-03-15'],
		[45000, '2023-03-15'],
		[45000.75, '2023-03-15'],
		[31118, '1985-03-12'],
		[36526, '2000-01-01'],
		[new Date('1985-03-12T00:00:00Z'), '1985-03-12']
	])('%s is read', (value, date) => {
		expect(parseDateId(value)).toBe(date);
	});

	test.each<[string | number | Date]>([
		['30-02-1995'],
		['12-13-1985'],
		['31/04/2024'],
		['12-03-85'],
		['12-03/1985'],
		['1985-02-30'],
		['20240131'],
		['1985'],
		[1985],
		[0],
		[-5],
		[Number.NaN],
		[100_000],
		['12 Mars 1985'],
		['1 Sepuluh 2024'],
		['31 April 2024'],
		['Maret 1985'],
		['12 Maret 85'],
		['2024-01-31T20:00:00Z'],
		[''],
		[new Date(Number.NaN)]
	])('%s is refused, not guessed', (value) => {
		expect(parseDateId(value)).toBeNull();
	});

	test('every day comes back from each way of writing it', () => {
		fc.assert(
			fc.property(anyDate, (date) => {
				const [year, month, day] = date.split('-');
				expect(parseDateId(date)).toBe(date);
				expect(parseDateId(`${day}-${month}-${year}`)).toBe(date);
				expect(parseDateId(`${day}/${month}/${year}`)).toBe(date);
			})
		);
	});
});

describe('today and months', () => {
	test('the day turns at each zone’s own midnight', () => {
		const now = new Date('2026-12-31T16:30:00Z');
		expect(todayIn('Asia/Jakarta', now)).toBe('2026-12-31');
		expect(todayIn('Asia/Makassar', now)).toBe('2027-01-01');
		expect(todayIn('Asia/Jayapura', now)).toBe('2027-01-01');
		expect(todayIn('UTC', now)).toBe('2026-12-31');
	});

	test('letter numbers write the month in Roman figures', () => {
		expect([1, 4, 5, 9, 12].map(romanMonth)).toEqual(['I', 'IV', 'V', 'IX', 'XII']);
		expect(() => romanMonth(0)).toThrow(RangeError);
		expect(() => romanMonth(13)).toThrow(RangeError);
	});
});

test('the clock on the wall of a zone, with its day', () => {
	const at = new Date('2026-12-31T17:05:00Z');
	expect(civilTimeIn('Asia/Jakarta', at)).toBe('2027-01-01T00:05');
	expect(civilTimeIn('Asia/Jayapura', at)).toBe('2027-01-01T02:05');
});
