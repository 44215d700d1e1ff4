import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { JP_RULESET } from './jp-ruleset.ts';
import { shownArithmetic } from './jp-arithmetic.ts';
import type { HoursAmongDays } from './jp-day-cap.ts';
import { learningHours, type LearningClaim, type Rounding } from './jp.ts';
import { NATIONAL_SETTING, settingOn, storedRule } from './jp-setting.ts';
import { hoursOfClaim } from './rules.ts';

const counted = (form: string, parts: Partial<LearningClaim>, rounding: Rounding = 'exact') => {
	const hours = learningHours(JP_RULESET, { form, abroad: false, on: '2026-03-31', ...parts }, rounding);
	if (!hours.ok) throw new Error(hours.code);
	return hours;
};
const shown = (form: string, parts: Partial<LearningClaim>, rounding: Rounding = 'exact') => {
	const hours = counted(form, parts, rounding);
	const stored: unknown = JSON.parse(storedRule(hours));
	return shownArithmetic({ rule: stored, learningHours: hours.jp, abroad: parts.abroad ?? false });
};

describe('how an entry was counted', () => {
	test('a workshop of three days', () => {
		expect(shown('KL07', { days: 3 })).toMatchObject({
			how: { unit: 'days', claimed: 3, counted: 3, rate: 5, factor: 1 },
			claimed: 15,
			lost: 0,
			lostTo: null,
			legalBasis: 'PerLAN 10/2018, lampiran',
			validFrom: '2018-01-01'
		});
	});
	test('what the cap of a day took away, and what other records of these days left', () => {
		const beside = {
			startsOn: '2026-03-30',
			counted: [{ startsOn: '2026-03-30', endsOn: '2026-03-31', hours: 2 }]
		};
		expect(shown('NK03', { hours: 10, distinctDays: 2, beside })).toMatchObject({
			how: { claimed: 10, counted: 4, day: { cap: 3, days: 2, room: 4 } },
			lost: 6,
			lostTo: 'day'
		});
	});
	test('what the cap of a month took away, in JP', () => {
		expect(shown('NK01', { sessionDates: ['2026-03-02', '2026-03-09', '2026-03-16'] })).toMatchObject({
			how: { unit: 'times', claimed: 3, counted: 2, rate: 2 },
			lost: 2,
			lostTo: 'month',
			capPerMonth: 2
		});
	});
	test('a fifth more abroad, and a rate of its own abroad', () => {
		expect(shown('KL03', { hours: 30, abroad: true })).toMatchObject({
			how: { factor: 1.2 },
			abroadRate: false
		});
		expect(shown('NK07', { times: 1, abroad: true })).toMatchObject({
			how: { rate: 20, factor: 1 },
			abroadRate: true
		});
	});
	test('a record from before is told from its rate and result', () => {
		const [rate] = JP_RULESET.filter(({ code }) => code === 'KL07');
		expect(
			shownArithmetic({ rule: { ...rate, capped: null }, learningHours: 15, abroad: false })
		).toMatchObject({ how: { unit: 'days', counted: 3, rate: 5 }, lost: 0 });
		const [elearning] = JP_RULESET.filter(({ code }) => code === 'NK03');
		const capped = { by: 'day', claimed: 10 };
		expect(
			shownArithmetic({ rule: { ...elearning, capped }, learningHours: 6, abroad: false })
		).toMatchObject({ how: { claimed: 10, counted: 6 }, lost: 4, lostTo: 'day' });
		expect(shownArithmetic({ rule: {}, learningHours: 6, abroad: false })).toBeNull();
		expect(shownArithmetic({ rule: null, learningHours: 0, abroad: false })).toBeNull();
	});
});

describe('rounding of "+20 %" abroad is the agency’s', () => {
	test.each<[Rounding, number, number]>([
		['exact', 21, 25.2],
		['down', 21, 25],
		['nearest', 21, 25],
		['nearest', 23, 28],
		['down', 30, 36]
	])('%s: %d JP abroad are %f', (rounding, hours, jp) => {
		expect(counted('KL03', { hours, abroad: true }, rounding).jp).toBe(jp);
	});
	test('and touches nothing else', () => {
		expect(counted('KL03', { hours: 7.5 }, 'down').jp).toBe(7.5);
		expect(counted('NK07', { times: 1, abroad: true }, 'down').jp).toBe(20);
	});
});

test('the setting of the day on which the learning ended holds', () => {
	const july = {
		validFrom: '2026-07-01',
		yearBy: 'certificateDate',
		rounding: 'down',
		legalBasis: 'x'
	} as const;
	expect(settingOn([july], '2026-06-30')).toEqual(NATIONAL_SETTING);
	expect(settingOn([NATIONAL_SETTING, july], '2026-07-01')).toEqual(july);
});

describe('caps, whatever people claim', () => {
	const claim = fc.record({
		from: fc.integer({ min: 0, max: 8 }),
		length: fc.integer({ min: 0, max: 4 }),
		amount: fc.integer({ min: 1, max: 15 })
	});
	const total = (form: string, claims: readonly { from: number; length: number; amount: number }[]) => {
		const before: (HoursAmongDays & { times: number })[] = [];
		for (const { from, length, amount } of claims) {
			const startsOn = addDays('2026-03-20', from);
			const endsOn = addDays(startsOn, length);
			const monthEnds = startsOn.slice(0, 7) === endsOn.slice(0, 7) ? endsOn : startsOn;
			const hours = hoursOfClaim(
				JP_RULESET,
				{ form, startsOn, endsOn: monthEnds, amount, abroad: false },
				{
					countedBeside: before,
					countedBefore: before.flatMap((one) => Array.from({ length: one.times }, () => one.startsOn))
				}
			);
			if (!hours.ok) throw new Error(hours.code);
			before.push({ startsOn, endsOn: monthEnds, hours: hours.how.counted, times: hours.how.counted });
		}
		return before.reduce((sum, { hours }) => sum + hours, 0);
	};

	test.each(['NK03', 'NK09', 'NK10', 'NK01', 'NK02'])(
		'%s: in whatever order records come, they make the same total',
		(form) => {
			fc.assert(
				fc.property(
					fc
						.array(claim, { maxLength: 6 })
						.chain((claims) =>
							fc.tuple(
								fc.constant(claims),
								fc.shuffledSubarray(claims, { minLength: claims.length, maxLength: claims.length })
							)
						),
					([claims, shuffled]) => {
						expect(total(form, shuffled)).toBeCloseTo(total(form, claims), 8);
					}
				)
			);
		}
	);

	test.each([
		// 20 March to 1 April: at most 13 days, two months.
		['NK03', 3 * 13],
		['NK09', 2 * 13],
		['NK10', 2 * 13],
		['NK01', 2 * 2],
		['NK02', 2 * 2]
	] as const)('%s never passes its cap over all records', (form, highest) => {
		fc.assert(
			fc.property(fc.array(claim, { maxLength: 12 }), (claims) => {
				expect(total(form, claims)).toBeLessThanOrEqual(highest);
			})
		);
	});
});
