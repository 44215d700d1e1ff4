import { roundDecimal, truncateDecimal } from '#kernel/statistics/round.ts';
import { yearOf, type CivilDate } from '#kernel/time.ts';
import { roomUnderDayCap, type HoursAmongDays } from './jp-day-cap.ts';

/** One row of the conversion table in force for one form of learning; rows live in a versioned ruleset, not here. */
export type JpRate = {
	/** PD01, KL01-KL12, NK01-NK13. */
	code: string;
	path: 'education' | 'classical' | 'nonClassical';
	/** What the JP are counted from; 'none' = the agency has to set a rate first. */
	basis: 'programme' | 'perDay' | 'perTime' | 'capPerDay' | 'perSemester' | 'none';
	/** JP per day, time or semester at home. */
	domestic: number | null;
	/** The same abroad; for 'capPerDay' the cap per day abroad. */
	abroad: number | null;
	/** Where the table says "+20 %" abroad instead of a figure: 1.2. */
	abroadFactor: number | null;
	/** Most JP of this form that count on one day. */
	capPerDay: number | null;
	/** Most sessions of this form that count in one calendar month of one person. */
	capPerMonth: number | null;
	legalBasis: string;
	validFrom: CivilDate;
	/** Last day in force; null = still in force. */
	validTo: CivilDate | null;
};

export type LearningClaim = {
	form: string;
	/** Whole days (seminar, workshop, sosialisasi). */
	days?: number;
	/** Number of times (benchmarking, magang, …). With a monthly cap give `sessionDates` instead. */
	times?: number;
	/** JP as the programme or platform states them; not clock hours. */
	hours?: number;
	/** Minutes of instruction, when no JP are stated: 45 make one JP. */
	minutes?: number;
	semesters?: number;
	/** Days on which something was learned, for forms with a cap per day. */
	distinctDays?: number;
	/** First day, and what counts already of this form, when the cap per day is shared with other records. */
	beside?: { startsOn: CivilDate; counted: readonly HoursAmongDays[] };
	/** Dates of the sessions, for forms with a cap per month. */
	sessionDates?: readonly CivilDate[];
	/** Dates of sessions of this form that already count for this person. */
	countedBefore?: readonly CivilDate[];
	abroad: boolean;
	/** The day whose rules apply: the end of the activity. */
	on: CivilDate;
};

export type JpRefusalCode =
	/** No such form in the ruleset. */
	| 'credentials.jp.formUnknown'
	/** The form exists, but no rate is in force on that day. */
	| 'credentials.jp.notInForce'
	/** The law names the form without a rate, and the agency has not set one. */
	| 'credentials.jp.rateNotSet'
	/** No conversion for this form abroad. */
	| 'credentials.jp.notAbroad'
	/** The claim lacks the amount that this form is counted by; params.needs names it. */
	| 'credentials.jp.amountMissing'
	/** Not above zero, or not whole where only whole ones exist; params.field names it. */
	| 'credentials.jp.amountInvalid';

/** What "+20 %" abroad leaves behind the comma; the annex says nothing, so the agency does. */
export const ROUNDINGS = ['exact', 'down', 'nearest'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** Every figure between what was claimed and the JP that count: `jp` = `counted` × `rate` × `factor`, rounded. */
export type Arithmetic = {
	unit: 'hours' | 'days' | 'times' | 'semesters';
	/** In `unit`, before the caps. */
	claimed: number;
	/** In `unit`, after the caps. */
	counted: number;
	/** JP of one unit; 1 where JP are counted. */
	rate: number;
	/** 1.2 where the table says "+20 %" abroad. */
	factor: number;
	rounding: Rounding;
	/** Forms with a cap per day: the cap, the days it was multiplied by, and what other records of these days left. */
	day?: { cap: number; days: number; room: number };
};

export type LearningHours =
	| {
			ok: true;
			/** Two decimals at most. */
			jp: number;
			rule: JpRate;
			how: Arithmetic;
			/** Present when a cap took something away. */
			capped?: { by: 'day' | 'month'; claimed: number };
	  }
	| { ok: false; code: JpRefusalCode; params: Record<string, string> };

type Refusal = Extract<LearningHours, { ok: false }>;

/** @law BPS letter B-031/BPS/2600/02/2019 on PerLAN 10/2018: one JP is 45 minutes. */
const MINUTES_PER_JP = 45;

const refuse = (code: JpRefusalCode, params: Record<string, string>): Refusal => ({
	ok: false,
	code,
	params
});

/** The row in force for a form on a day; of several (an agency's own over the national one) the youngest. */
export function rateOn(rates: readonly JpRate[], form: string, on: CivilDate): JpRate | Refusal {
	const ofForm = rates.filter(({ code }) => code === form);
	if (ofForm.length === 0) return refuse('credentials.jp.formUnknown', { form });
	const inForce = ofForm
		.filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo))
		.sort((a, b) => b.validFrom.localeCompare(a.validFrom));
	return inForce[0] ?? refuse('credentials.jp.notInForce', { form, on });
}

/** A number of the claim, checked; whole unless it may be a fraction. */
function amount(
	claim: LearningClaim,
	field: 'days' | 'times' | 'hours' | 'minutes' | 'semesters' | 'distinctDays'
): number | Refusal {
	const value = claim[field];
	if (value === undefined) return refuse('credentials.jp.amountMissing', { form: claim.form, needs: field });
	const whole = field !== 'hours' && field !== 'minutes';
	if (!(value > 0) || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
		return refuse('credentials.jp.amountInvalid', { form: claim.form, field });
	}
	return value;
}

function statedHours(claim: LearningClaim): number | Refusal {
	if (claim.hours !== undefined || claim.minutes === undefined) return amount(claim, 'hours');
	const minutes = amount(claim, 'minutes');
	return typeof minutes === 'number' ? minutes / MINUTES_PER_JP : minutes;
}

type Counted = Pick<Arithmetic, 'unit' | 'claimed' | 'counted' | 'rate' | 'day'>;

function countedTimes(claim: LearningClaim, rule: JpRate): { counted: number; claimed: number } | Refusal {
	if (rule.capPerMonth === null || claim.sessionDates === undefined) {
		const times = amount(claim, 'times');
		if (typeof times !== 'number') return times;
		// More than fit into one month, or others already there: only dates can tell how the months were filled.
		const room = (rule.capPerMonth ?? Infinity) - (claim.countedBefore?.length ?? 0);
		if (rule.capPerMonth !== null && times > room) {
			return refuse('credentials.jp.amountMissing', { form: claim.form, needs: 'sessionDates' });
		}
		return { counted: times, claimed: times };
	}
	if (claim.sessionDates.length === 0) {
		return refuse('credentials.jp.amountInvalid', { form: claim.form, field: 'sessionDates' });
	}
	const counted = countedSessions(claim.sessionDates, rule.capPerMonth, claim.countedBefore);
	return { counted: counted.length, claimed: claim.sessionDates.length };
}

/** What counts before the abroad factor, within the caps. */
function countedBy(rule: JpRate, claim: LearningClaim, rate: number): Counted | Refusal {
	switch (rule.basis) {
		case 'perDay':
		case 'perSemester': {
			const unit = rule.basis === 'perDay' ? 'days' : 'semesters';
			const units = amount(claim, unit);
			return typeof units === 'number' ? { unit, claimed: units, counted: units, rate } : units;
		}
		case 'perTime': {
			const times = countedTimes(claim, rule);
			return 'ok' in times ? times : { unit: 'times', ...times, rate };
		}
		case 'capPerDay': {
			const claimed = statedHours(claim);
			if (typeof claimed !== 'number') return claimed;
			const days = amount(claim, 'distinctDays');
			if (typeof days !== 'number') return days;
			const { beside } = claim;
			const room = Math.min(
				rate * days,
				beside ? roomUnderDayCap(beside.startsOn, claim.on, rate, beside.counted) : Infinity
			);
			const day = { cap: rate, days, room };
			return { unit: 'hours', claimed, counted: Math.min(claimed, room), rate: 1, day };
		}
		case 'programme': {
			const hours = statedHours(claim);
			return typeof hours === 'number' ? { unit: 'hours', claimed: hours, counted: hours, rate: 1 } : hours;
		}
		case 'none':
			return refuse('credentials.jp.rateNotSet', { form: rule.code });
	}
}

/** Without the noise of binary fractions: 21 × 1.2 is 25.2. */
const plain = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12)));

/** Only "+20 %" makes fractions that nobody claimed; what a programme states is left as it stands. */
function rounded(value: number, factor: number, rounding: Rounding): number {
	if (Number.isInteger(value)) return value;
	if (factor === 1 || rounding === 'exact') return Number(roundDecimal(value, 2));
	return Number(rounding === 'down' ? truncateDecimal(value, 0) : roundDecimal(value, 0));
}

/** What one unit is worth at home; 1 where the programme's own JP count. */
function domesticRate(rule: JpRate): number | null {
	if (rule.basis === 'programme') return 1;
	return rule.basis === 'capPerDay' ? rule.capPerDay : rule.domestic;
}

/**
 * JP of one activity by its form, from the rules in force at its end. Refuses (with the message's key) an unknown
 * form, a form without a rate, an amount that is missing or impossible. "+20 %" abroad multiplies what counts after
 * the caps; the annex says nothing on rounding, so two decimals are kept unless the agency rounds.
 * @law PerLAN 10/2018, lampiran
 */
export function learningHours(
	rates: readonly JpRate[],
	claim: LearningClaim,
	rounding: Rounding = 'exact'
): LearningHours {
	const rule = rateOn(rates, claim.form, claim.on);
	if ('ok' in rule) return rule;
	const home = domesticRate(rule);
	if (home === null) return refuse('credentials.jp.rateNotSet', { form: rule.code });
	if (claim.abroad && rule.abroad === null && rule.abroadFactor === null) {
		return refuse('credentials.jp.notAbroad', { form: rule.code });
	}
	const rate = claim.abroad && rule.abroad !== null ? rule.abroad : home;
	const counted = countedBy(rule, claim, rate);
	if ('ok' in counted) return counted;
	const factor = claim.abroad && rule.abroad === null ? (rule.abroadFactor ?? 1) : 1;
	const jp = rounded(plain(counted.counted * counted.rate * factor), factor, rounding);
	// What a cap took away is told in JP, as it would have counted at home.
	const capped = {
		by: counted.unit === 'times' ? ('month' as const) : ('day' as const),
		claimed: plain(counted.claimed * counted.rate)
	};
	return {
		ok: true,
		jp,
		rule,
		how: { ...counted, factor, rounding },
		...(counted.counted < counted.claimed ? { capped } : {})
	};
}

/**
 * Which session dates count when only `capPerMonth` of a calendar month do: the earliest ones, after those that
 * already count (`countedBefore`, from other records of the same person and form).
 * @law PerLAN 10/2018, lampiran: coaching and mentoring at most twice a month
 */
export function countedSessions(
	sessionDates: readonly CivilDate[],
	capPerMonth: number,
	countedBefore: readonly CivilDate[] = []
): CivilDate[] {
	const taken = new Map<string, number>();
	const take = (date: CivilDate): boolean => {
		const month = date.slice(0, 7);
		const sofar = taken.get(month) ?? 0;
		taken.set(month, sofar + 1);
		return sofar < capPerMonth;
	};
	countedBefore.forEach(take);
	return sessionDates.toSorted().filter(take);
}

/** The calendar year a record counts in: that of its end, or of its certificate where the agency rules so. */
export function countsInYear(
	record: { endDate: CivilDate; certificateDate: CivilDate | null },
	by: 'endDate' | 'certificateDate' = 'endDate'
): number {
	return yearOf(by === 'certificateDate' ? (record.certificateDate ?? record.endDate) : record.endDate);
}
