import { describe, expect, test } from 'vitest';
import { fileOfRows, readMeasurements, rowsOfFile } from './measurements.ts';
import { numberOfText } from './numbers.ts';
import { periodOfText } from './periods.ts';

const MARELAN = {
	id: '0190a000-0000-7000-8000-000000000001',
	code: '12.71.12',
	name: 'Kecamatan Medan Marelan'
};
const PLAJU = { id: '0190a000-0000-7000-8000-000000000002', code: null, name: 'Sekretariat' };
const OTHER = { id: '0190a000-0000-7000-8000-000000000003', code: null, name: 'Sekretariat' };

describe('numbers as offices write them', () => {
	test.each<[string | number, number | string]>([
		['12,5', 12.5],
		['12.5', 12.5],
		['0,125', 0.125],
		['0.125', 0.125],
		['1.234,5', 1234.5],
		['1,234.5', 1234.5],
		['1.234.567', 1234567],
		['−3,2', -3.2],
		[7.25, 7.25],
		['1.234', 'impact.import.valueAmbiguous'],
		['12,345', 'impact.import.valueAmbiguous'],
		['', 'impact.import.valueMissing'],
		[' ', 'impact.import.valueMissing'],
		['dua', 'impact.import.value'],
		['99999999999', 'impact.import.value']
	])('%s', (typed, expected) => {
		expect(numberOfText(typed)).toBe(expected);
	});
});

test.each<[string, string | null]>([
	['2026-03', '2026-03-01'],
	['2026-03-31', '2026-03-01'],
	['3/2026', '2026-03-01'],
	['31/03/2026', '2026-03-01'],
	['Maret 2026', '2026-03-01'],
	['Agu 2026', '2026-08-01'],
	['13/2026', null],
	['Maret', null],
	['', null]
])('the month “%s” is %s', (typed, expected) => {
	expect(periodOfText(typed)).toBe(expected ?? 'impact.import.month');
});

describe('a file of measurements', () => {
	test('may have its columns in any order, with semicolons and a byte order mark', () => {
		expect(
			rowsOfFile('\uFEFFNilai;Bulan;Kecamatan\r\n12,5;Maret 2026;Kecamatan Medan Marelan\r\n\r\n')
		).toEqual([{ line: 2, unit: 'Kecamatan Medan Marelan', month: 'Maret 2026', value: '12,5' }]);
	});

	test('without the three columns is refused as a whole', () => {
		expect(() => rowsOfFile('a,b\n1,2')).toThrow('kernel.invalid');
	});

	test('tells every problem with its line and keeps the good ones countable', () => {
		const rows = rowsOfFile(
			[
				'unit,bulan,nilai',
				'12.71.12,2026-03,"12,5"',
				'kecamatan  medan marelan,2026-03,13',
				'Sekretariat,2026-03,1',
				'Kecamatan Antah,2026-03,1',
				'12.71.12,2027-01,1',
				'12.71.12,kemarin,x'
			].join('\n')
		);
		const { good, problems } = readMeasurements(rows, [MARELAN, PLAJU, OTHER], '2026-11-21');
		expect(good).toEqual([{ unitId: MARELAN.id, period: '2026-03-01', value: 12.5 }]);
		expect(problems.map(({ line, code }) => `${line} ${code.split('.').at(-1)}`)).toEqual([
			'3 twice',
			'4 unitAmbiguous',
			'5 unitUnknown',
			'6 future',
			'7 month',
			'7 value'
		]);
	});

	test('goes through the dry run and comes back the same', () => {
		const rows = [{ unitId: MARELAN.id, period: '2026-03-01', value: 23.456 }];
		expect(readMeasurements(rowsOfFile(fileOfRows(rows)), [MARELAN], '2026-11-21')).toEqual({
			good: rows,
			problems: [],
			repeated: 0
		});
	});
});
