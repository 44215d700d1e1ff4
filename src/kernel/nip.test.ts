import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNip, maskNip, parseNip } from './nip.ts';
import { addDays } from './time.ts';

const TODAY = '2026-11-21';

describe('a NIP is read', () => {
	test('a permanent civil servant’s number tells birth, appointment, sex and serial', () => {
		expect(parseNip('198503122010011004', TODAY)).toEqual({
			ok: true,
			nip: '198503122010011004',
			kind: 'PNS',
			birthDate: '1985-03-12',
			appointed: { year: 2010, month: 1 },
			contractCode: null,
			sex: 'male',
			serial: '004',
			warnings: []
		});
	});

	test('a contract worker’s number has a contract code where the month would be', () => {
		expect(parseNip('19910715 202321 2 005', TODAY)).toEqual({
			ok: true,
			nip: '199107152023212005',
			kind: 'PPPK',
			birthDate: '1991-07-15',
			appointed: { year: 2023, month: null },
			contractCode: 21,
			sex: 'female',
			serial: '005',
			warnings: []
		});
	});

	test.each([
		"'198503122010011004",
		'19850312.201001.1.004',
		'19850312-201001-1-004',
		' 198503122010011004\u00A0',
		'\uFEFF198503122010011004'
	])('%s is the same number', (written) => {
		expect(parseNip(written, TODAY)).toMatchObject({ ok: true, nip: '198503122010011004' });
	});

	test('any number built by the rule comes back part by part, also from its displayed form', () => {
		const parts = fc.record({
			birth: fc.integer({ min: 0, max: 16_000 }).map((days) => addDays('1960-01-01', days)),
			month: fc.integer({ min: 1, max: 12 }),
			age: fc.integer({ min: 19, max: 40 }),
			sex: fc.constantFrom('1', '2'),
			serial: fc.integer({ min: 1, max: 999 }).map((n) => String(n).padStart(3, '0'))
		});
		fc.assert(
			fc.property(parts, ({ birth, month, age, sex, serial }) => {
				const year = Number(birth.slice(0, 4)) + age;
				const nip = `${birth.replaceAll('-', '')}${year}${String(month).padStart(2, '0')}${sex}${serial}`;
				expect(parseNip(formatNip(nip), '2099-12-31')).toMatchObject({
					ok: true,
					nip,
					birthDate: birth,
					appointed: { year, month },
					serial,
					warnings: []
				});
			})
		);
	});
});

describe('what cannot be true is refused with its reason', () => {
	test.each([
		['1.98503E+17', 'scientificNotation', { value: '1.98503E+17' }],
		['1,98503E+17', 'scientificNotation', { value: '1,98503E+17' }],
		['2e17', 'scientificNotation', { value: '2e17' }],
		['19850312201001100O', 'characters', { character: 'O' }],
		['130012345', 'length', { digits: 9 }],
		['', 'length', { digits: 0 }],
		['1985031220100110041', 'length', { digits: 19 }],
		['198513122010011004', 'birthDate', { date: '1985-13-12' }],
		['199502302019032001', 'birthDate', { date: '1995-02-30' }],
		['000003122010011004', 'birthDate', { date: '0000-03-12' }],
		['202701012050011004', 'birthFuture', { date: '2027-01-01' }],
		['198503122010001004', 'appointmentMonth', { month: '00' }],
		['200805012024011001', 'tooYoung', { age: 16, minimum: 18 }],
		['198503122010013004', 'sex', { digit: '3' }],
		['198503122010011000', 'serial', { serial: '000' }]
	])('%s: %s', (input, what, params) => {
		expect(parseNip(input, TODAY)).toEqual({ ok: false, code: `people.nip.${what}`, params });
	});

	test('no text of any kind makes it throw', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(typeof parseNip(text, TODAY).ok).toBe('boolean');
			})
		);
	});
});

test('eighteen by the year is old enough, sixty is not too old', () => {
	expect(parseNip('200612012024011001', TODAY)).toMatchObject({ ok: true, warnings: [] });
	expect(parseNip('200701012024011001', TODAY)).toMatchObject({ ok: false, params: { age: 17 } });
	expect(parseNip('196003122020211004', TODAY)).toMatchObject({ ok: true, warnings: [] });
});

describe('what is only odd is accepted with a warning', () => {
	test.each([
		['196003122022211004', 'people.nip.tooOld', { age: 62 }],
		['198503122023131004', 'people.nip.contractCode', { contractCode: 13 }],
		['198503122027011004', 'people.nip.appointmentFuture', { year: 2027 }]
	])('%s: %s', (input, code, params) => {
		expect(parseNip(input, TODAY)).toMatchObject({ ok: true, warnings: [{ code, params }] });
	});
});

describe('a NIP is shown', () => {
	test('in four groups on letters', () => {
		expect(formatNip('198503122010011004')).toBe('19850312 201001 1 004');
		expect(formatNip('bukan NIP')).toBe('bukan NIP');
	});

	test('to strangers without birth day, appointment, sex or the whole serial', () => {
		expect(maskNip('198503122010011004')).toBe('1985••••••••••••04');
		expect(maskNip('198503122010011004')).toHaveLength(18);
		expect(maskNip('12345')).toBe('••••••••••••••••••');
	});
});
