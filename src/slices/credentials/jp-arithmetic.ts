import { z } from 'zod';
import { ROUNDINGS, type Arithmetic } from './jp.ts';

/** The rate as it was applied; what an older record or a file does not tell is null. */
const StoredRule = z.object({
	basis: z.string().nullish(),
	domestic: z.number().nullish(),
	abroad: z.number().nullish(),
	abroadFactor: z.number().nullish(),
	capPerDay: z.number().nullish(),
	capPerMonth: z.number().nullish(),
	legalBasis: z.string().nullish(),
	validFrom: z.string().nullish(),
	capped: z.object({ by: z.enum(['day', 'month']), claimed: z.number() }).nullish(),
	how: z
		.object({
			unit: z.enum(['hours', 'days', 'times', 'semesters']),
			claimed: z.number(),
			counted: z.number(),
			rate: z.number(),
			factor: z.number(),
			rounding: z.enum(ROUNDINGS),
			day: z.object({ cap: z.number(), days: z.number(), room: z.number() }).optional()
		})
		.nullish()
});

export type CountedRecord = { rule: unknown; learningHours: number; abroad: boolean };

export type Shown = {
	how: Arithmetic;
	/** JP before caps, at home rates. */
	claimed: number;
	/** JP that a cap took away; 0 where none did. */
	lost: number;
	lostTo: 'day' | 'month' | null;
	/** Sessions a month, where the form has such a cap. */
	capPerMonth: number | null;
	abroadRate: boolean;
	legalBasis: string | null;
	validFrom: string | null;
};

const UNIT = {
	perDay: 'days',
	perTime: 'times',
	perSemester: 'semesters',
	capPerDay: 'hours',
	programme: 'hours'
} as const satisfies Record<string, Arithmetic['unit']>;
const isBasis = (text: string): text is keyof typeof UNIT => Object.hasOwn(UNIT, text);

/**
 * How a record was counted, from what the ledger kept with it. Records from before every figure was kept are told from
 * their rate and their result. Null: there is no rule beside it (a claim that never was counted, a file without one).
 */
export function shownArithmetic({ rule, learningHours, abroad }: CountedRecord): Shown | null {
	const stored = StoredRule.safeParse(rule);
	if (!stored.success) return null;
	const { basis, capped, how: kept, ...rate } = stored.data;
	if (basis === null || basis === undefined || !isBasis(basis)) return null;
	const how = kept ? withoutUndefined(kept) : toldBack(basis, rate, capped?.claimed, learningHours, abroad);
	const claimed = capped?.claimed ?? how.claimed * how.rate;
	return {
		how,
		claimed,
		lost: claimed - how.counted * how.rate,
		lostTo: capped?.by ?? null,
		capPerMonth: rate.capPerMonth ?? null,
		abroadRate: abroad && (rate.abroad ?? null) !== null,
		legalBasis: rate.legalBasis ?? null,
		validFrom: rate.validFrom ?? null
	};
}

type KeptHow = NonNullable<z.infer<typeof StoredRule>['how']>;
const withoutUndefined = ({ day, ...how }: KeptHow): Arithmetic => ({ ...how, ...(day ? { day } : {}) });

function toldBack(
	basis: keyof typeof UNIT,
	rate: Pick<z.infer<typeof StoredRule>, 'domestic' | 'abroad' | 'abroadFactor'>,
	claimedHours: number | undefined,
	learningHours: number,
	abroad: boolean
): Arithmetic {
	const ofUnit =
		basis === 'programme' || basis === 'capPerDay'
			? 1
			: ((abroad ? (rate.abroad ?? rate.domestic) : rate.domestic) ?? 1);
	const factor = abroad && (rate.abroad ?? null) === null ? (rate.abroadFactor ?? 1) : 1;
	const counted = Number((learningHours / factor / ofUnit).toPrecision(10));
	return {
		unit: UNIT[basis],
		claimed: claimedHours === undefined ? counted : claimedHours / ofUnit,
		counted,
		rate: ofUnit,
		factor,
		rounding: 'exact'
	};
}
