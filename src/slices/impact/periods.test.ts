import { describe, expect, test } from 'vitest';
import type { Cadence } from './model.ts';
import { measuredOfText } from './numbers.ts';
import { periodAt, periodIndex, periodOf, periodOfText } from './periods.ts';
import { periodText, readMeasurements } from './measurements.ts';

test.each<[string, Cadence, string]>([
	['Jan 2026', 'month', '2026-01-01'],
	['Januari 2026', 'month', '2026-01-01'],
	['01/2026', 'month', '2026-01-01'],
	['August 2026', 'month', '2026-08-01'],
	['46027', 'month', '2026-01-01'],
	['2026-01-05 00:00:00', 'month', '2026-01-01'],
	['TW I 2026', 'quarter', '2026-01-01'],
	['TW IV/2026', 'quarter', '2026-10-01'],
	['Triwulan 2 2026', 'quarter', '2026-04-01'],
	['2026 Q3', 'quarter', '2026-07-01'],
	['Semester I 2026', 'half', '2026-01-01'],
	['smt 2 2026', 'half', '2026-07-01'],
	['2026', 'year', '2026-01-01'],
	['Tahun 2026', 'year', '2026-01-01'],
	['TW I 2026', 'month', 'impact.import.otherCadence'],
	['Jan 2026', 'quarter', 'impact.import.otherCadence'],
	['Semester III 2026', 'half', 'impact.import.month'],
	['2026', 'month', 'impact.import.otherCadence'],
	['TW V 2026', 'quarter', 'impact.import.month']
])('“%s” of a %s is %s', (typed, cadence, expected) => {
	expect(periodOfText(typed, cadence)).toBe(expected);
});

test.each<Cadence>(['month', 'quarter', 'half', 'year'])(
	'a %s is written as it is read, and counted',
	(cadence) => {
		const period = periodOf('2026-11-21', cadence);
		expect(periodOfText(periodText(period, cadence), cadence)).toBe(period);
		expect(periodAt(periodIndex(period, cadence), cadence)).toBe(period);
	}
);

describe('values with a unit of measure', () => {
	test.each([
		['12 menit', { value: 12 }],
		['12,5 mnt', { value: 12.5 }],
		['0,2 jam', { code: 'impact.import.otherMeasure', instead: 12 }],
		['90 detik', { code: 'impact.import.otherMeasure', instead: 1.5 }],
		['12 orang', { code: 'impact.import.otherMeasure', instead: null }],
		['1.234 menit', { code: 'impact.import.valueAmbiguous' }]
	])('%s', (typed, expected) => {
		expect(measuredOfText(typed, 'Menit')).toEqual(expected);
	});
	test('are told with what to write instead, like those out of range; the same twice is one', () => {
		const unit = { id: '0190a000-0000-7000-8000-000000000001', code: 'A1', name: 'A' };
		const measure = { cadence: 'month', unitOfMeasure: 'menit', lowest: 0, highest: 240 } as const;
		const rows = ['0,2 jam', '-1', '900', '12 menit', '12'].map((value) => ({
			unit: 'A1',
			month: '2026-01',
			value
		}));
		const { good, problems, repeated } = readMeasurements(rows, [unit], '2026-11-21', measure);
		expect(problems).toMatchObject([
			{
				line: 1,
				code: 'impact.import.otherMeasureInstead',
				params: { typed: '0,2 jam', other: 12, word: 'menit' }
			},
			{ line: 2, code: 'impact.import.tooLow', params: { other: 0 } },
			{ line: 3, code: 'impact.import.tooHigh', params: { other: 240 } }
		]);
		expect(good).toHaveLength(1);
		expect(repeated).toBe(1);
	});
});
