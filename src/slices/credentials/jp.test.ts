import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JP_RULESET } from './jp-ruleset.ts';
import { countedSessions, countsInYear, learningHours, type JpRate, type LearningClaim } from './jp.ts';

const at = (form: string, parts: Partial<LearningClaim>): LearningClaim => ({
	form,
	abroad: false,
	on: '2026-03-31',
	...parts
});
const jp = (form: string, parts: Partial<LearningClaim>) => learningHours(JP_RULESET, at(form, parts));

describe('JP by form, the vectors of the domain', () => {
	test.each<[string, string, Partial<LearningClaim>, number]>([
		['workshop, 3 days', 'KL07', { days: 3 }, 15],
		['seminar, 2 days abroad', 'KL06', { days: 2, abroad: true }, 12],
		['sosialisasi, 1 day', 'KL11', { days: 1 }, 4],
		['technical training of 30 JP abroad', 'KL03', { hours: 30, abroad: true }, 36],
		['e-learning, 10 JP claimed over 2 days', 'NK03', { hours: 10, distinctDays: 2 }, 6],
		['self-study, 5 JP claimed on 1 day', 'NK09', { hours: 5, distinctDays: 1 }, 2],
		[
			'coaching, 3 times in March and once in April',
			'NK01',
			{ sessionDates: ['2026-03-02', '2026-03-10', '2026-03-24', '2026-04-07'], on: '2026-04-07' },
			6
		],
		['benchmarking once', 'NK07', { times: 1 }, 10],
		['benchmarking once abroad', 'NK07', { times: 1, abroad: true }, 20],
		['900 minutes of a structured class', 'KL03', { minutes: 900 }, 20]
	])('%s', (_, form, parts, expected) => {
		expect(jp(form, parts)).toMatchObject({ ok: true, jp: expected });
	});
});

describe('JP by form, the rest of the table', () => {
	test.each<[string, Partial<LearningClaim>, number]>([
		['PD01', { semesters: 2 }, 40],
		['KL01', { hours: 900 }, 900],
		['KL02', { hours: 21, abroad: true }, 25.2],
		['KL06', { days: 1 }, 4],
		['KL07', { days: 2, abroad: true }, 14],
		['KL11', { days: 1, abroad: true }, 6],
		['NK02', { times: 2 }, 4],
		['NK02', { times: 1, abroad: true }, 4],
		['NK03', { hours: 2.5, distinctDays: 1 }, 2.5],
		['NK03', { hours: 10, distinctDays: 2, abroad: true }, 8],
		['NK04', { minutes: 100 }, 2.22],
		['NK05', { times: 1, abroad: true }, 24],
		['NK08', { times: 1 }, 20],
		['NK09', { hours: 5, distinctDays: 2, abroad: true }, 4.8],
		['NK10', { minutes: 45, distinctDays: 1 }, 1],
		['NK12', { times: 1 }, 20]
	])('%s %j is %f JP', (form, parts, expected) => {
		expect(jp(form, parts)).toMatchObject({ ok: true, jp: expected });
	});

	test('the table has 26 forms, each once, with the law behind it', () => {
		expect(new Set(JP_RULESET.map(({ code }) => code)).size).toBe(26);
		expect(JP_RULESET).toHaveLength(26);
		for (const row of JP_RULESET) expect(row.legalBasis).toBe('PerLAN 10/2018, lampiran');
		const ids = JP_RULESET.flatMap(({ siasnId }) => (siasnId === null ? [] : [siasnId]));
		expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
	});
});

describe('what a cap takes away is said', () => {
	test('per day', () => {
		expect(jp('NK03', { hours: 10, distinctDays: 2 })).toMatchObject({
			capped: { by: 'day', claimed: 10 },
			rule: { code: 'NK03', legalBasis: 'PerLAN 10/2018, lampiran' }
		});
		expect(jp('NK03', { hours: 6, distinctDays: 2 })).not.toHaveProperty('capped');
	});

	test('per month, also across records of the same person', () => {
		const third = jp('NK01', { sessionDates: ['2026-03-24'], countedBefore: ['2026-03-02', '2026-03-10'] });
		expect(third).toMatchObject({ ok: true, jp: 0, capped: { by: 'month', claimed: 2 } });
		const april = jp('NK01', { sessionDates: ['2026-04-01'], countedBefore: ['2026-03-02', '2026-03-10'] });
		expect(april).toMatchObject({ ok: true, jp: 2 });
		expect(april).not.toHaveProperty('capped');
	});

	test('the earliest sessions of a month count, in whatever order they were entered', () => {
		expect(countedSessions(['2026-03-24', '2026-04-07', '2026-03-02', '2026-03-10'], 2)).toEqual([
			'2026-03-02',
			'2026-03-10',
			'2026-04-07'
		]);
		expect(countedSessions([], 2)).toEqual([]);
	});
});

describe('what cannot be counted is refused with its reason', () => {
	test.each<[string, string, Partial<LearningClaim>, string, Record<string, string>]>([
		['an unknown form', 'XX99', { days: 1 }, 'formUnknown', { form: 'XX99' }],
		[
			'before the rules',
			'KL07',
			{ days: 1, on: '2015-01-01' },
			'notInForce',
			{ form: 'KL07', on: '2015-01-01' }
		],
		['a form without a rate', 'NK11', { times: 1 }, 'rateNotSet', { form: 'NK11' }],
		['that form abroad', 'NK13', { times: 1, abroad: true }, 'rateNotSet', { form: 'NK13' }],
		['leadership training abroad', 'KL01', { hours: 30, abroad: true }, 'notAbroad', { form: 'KL01' }],
		['a workshop without days', 'KL07', { hours: 8 }, 'amountMissing', { form: 'KL07', needs: 'days' }],
		['a course without JP', 'KL03', {}, 'amountMissing', { form: 'KL03', needs: 'hours' }],
		[
			'e-learning without days',
			'NK03',
			{ hours: 3 },
			'amountMissing',
			{ form: 'NK03', needs: 'distinctDays' }
		],
		[
			'more coaching than a month takes',
			'NK01',
			{ times: 3 },
			'amountMissing',
			{ form: 'NK01', needs: 'sessionDates' }
		],
		[
			'undated coaching beside other records',
			'NK01',
			{ times: 1, countedBefore: ['2026-03-02', '2026-03-10'] },
			'amountMissing',
			{ form: 'NK01', needs: 'sessionDates' }
		],
		[
			'no session at all',
			'NK01',
			{ sessionDates: [] },
			'amountInvalid',
			{ form: 'NK01', field: 'sessionDates' }
		],
		['half a day', 'KL06', { days: 0.5 }, 'amountInvalid', { form: 'KL06', field: 'days' }],
		['no time', 'KL03', { hours: 0 }, 'amountInvalid', { form: 'KL03', field: 'hours' }],
		['negative time', 'KL03', { minutes: -45 }, 'amountInvalid', { form: 'KL03', field: 'minutes' }],
		['endless time', 'KL03', { hours: Infinity }, 'amountInvalid', { form: 'KL03', field: 'hours' }]
	])('%s', (_, form, parts, what, params) => {
		expect(jp(form, parts)).toEqual({ ok: false, code: `credentials.jp.${what}`, params });
	});
});

describe('rules are data with dates', () => {
	const seminar: JpRate = {
		code: 'KL06',
		path: 'classical',
		basis: 'perDay',
		domestic: 4,
		abroad: 6,
		abroadFactor: null,
		capPerDay: null,
		capPerMonth: null,
		legalBasis: 'old',
		validFrom: '2018-01-01',
		validTo: '2026-06-30'
	};
	const rates = [
		{ ...seminar, domestic: 5, legalBasis: 'new', validFrom: '2026-07-01', validTo: null },
		seminar
	];

	test('the day the activity ended decides which version counts; the last day of the old is still the old', () => {
		const on = (date: string) => learningHours(rates, at('KL06', { days: 1, on: date }));
		expect(on('2026-06-30')).toMatchObject({ jp: 4, rule: { legalBasis: 'old' } });
		expect(on('2026-07-01')).toMatchObject({ jp: 5, rule: { legalBasis: 'new' } });
	});

	test('where two are in force the younger counts', () => {
		const both = [{ ...seminar, validTo: null }, ...rates];
		expect(learningHours(both, at('KL06', { days: 2, on: '2026-08-01' }))).toMatchObject({ jp: 10 });
	});

	test('no claim earns more by being split over fewer days', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 30 }), (hours, days) => {
				const one = jp('NK03', { hours, distinctDays: days });
				const more = jp('NK03', { hours, distinctDays: days + 1 });
				expect(one.ok && more.ok && one.jp <= more.jp && more.jp <= hours).toBe(true);
			})
		);
	});
});

test('a record counts in the year it ended, or in that of its certificate where the agency says so', () => {
	const record = { endDate: '2026-12-30', certificateDate: '2027-01-05' };
	expect(countsInYear(record)).toBe(2026);
	expect(countsInYear(record, 'certificateDate')).toBe(2027);
	expect(countsInYear({ ...record, certificateDate: null }, 'certificateDate')).toBe(2026);
});
