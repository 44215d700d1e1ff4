import { invalidField, refused } from '#kernel/errors.ts';
import { daysBetween, romanMonth, yearOf, type CivilDate } from '#kernel/time.ts';
import { learningHours, rateOn, type JpRate, type LearningHours, type Rounding } from './jp.ts';
import type { HoursAmongDays } from './jp-day-cap.ts';
import { CERTIFICATE_NEXT, ENTRY_NEXT, type CertificateStatus, type EntryStatus } from './model.ts';

/**
 * `0042/PPP/MEDAN/III/2026`: counter of the agency's year, program, agency, month in Roman figures, year.
 * The counter alone makes it unique, so a pattern may change without ever giving a number twice.
 */
export function certificateNumber(counter: number, program: string, agency: string, on: CivilDate): string {
	const month = Number(on.slice(5, 7));
	return `${String(counter).padStart(4, '0')}/${program}/${agency.toUpperCase()}/${romanMonth(month)}/${yearOf(on)}`;
}

/** Refuses to change what was replaced or revoked before. */
export function certificateStep(from: CertificateStatus, to: CertificateStatus): CertificateStatus {
	if (!CERTIFICATE_NEXT[from].includes(to)) throw refused(`credentials.certificate.already.${from}`);
	return to;
}

export function entryStep(from: EntryStatus, to: EntryStatus): EntryStatus {
	if (!ENTRY_NEXT[from].includes(to)) throw refused(`credentials.entry.already.${from}`);
	return to;
}

export type ClassLearning = {
	form: string;
	abroad: boolean;
	startsOn: CivilDate;
	endsOn: CivilDate;
};

export type Attended = {
	/** JP of the sessions that were for the person, and the days of those. */
	hours: number;
	days: number;
	/** Days on which the person was there, one per session, oldest first. */
	sessionDates: readonly CivilDate[];
	/** Sessions of the same form that already count, for monthly caps. */
	countedBefore: readonly CivilDate[];
	/** Other records of the same form that already count, for daily caps. */
	countedBeside: readonly HoursAmongDays[];
};

/** JP of one participant of a class, by the rate in force when it ended. */
export function hoursOfClass(
	rates: readonly JpRate[],
	learning: ClassLearning,
	attended: Attended,
	rounding: Rounding = 'exact'
): LearningHours {
	return learningHours(
		rates,
		{
			form: learning.form,
			abroad: learning.abroad,
			on: learning.endsOn,
			hours: attended.hours,
			days: attended.days,
			distinctDays: new Set(attended.sessionDates).size,
			beside: { startsOn: learning.startsOn, counted: attended.countedBeside },
			sessionDates: attended.sessionDates,
			countedBefore: attended.countedBefore,
			...(attended.sessionDates.length > 0 ? { times: 1 } : {})
		},
		rounding
	);
}

/** A claim of more than a year ago, or of a day to come, is a slip of the pen more often than not. */
export function claimable(
	claim: { startsOn: CivilDate; endsOn: CivilDate; certificateOn?: CivilDate | undefined },
	today: CivilDate
): void {
	if (
		claim.certificateOn !== undefined &&
		(claim.certificateOn < claim.startsOn || claim.certificateOn > today)
	)
		throw invalidField('certificateOn', 'credentials.claim.certificateDate');
	if (claim.endsOn < claim.startsOn) throw refused('credentials.claim.endsBeforeStart');
	if (claim.endsOn > today) throw refused('credentials.claim.notOver');
	if (daysBetween(claim.endsOn, today) > 2 * 366) throw refused('credentials.claim.tooOld');
}

export type ExternalLearning = {
	form: string;
	startsOn: CivilDate;
	endsOn: CivilDate;
	/** JP, days, times or semesters: which one, the form's basis decides. */
	amount: number;
	abroad: boolean;
};

/**
 * JP of learning elsewhere beside what already counts of the same form. Its sessions have no dates, so a form with a
 * cap per month is claimed month by month. Refuses: more days than the calendar has between first and last.
 */
export function hoursOfClaim(
	rates: readonly JpRate[],
	claim: ExternalLearning,
	before: Pick<Attended, 'countedBefore' | 'countedBeside'>,
	rounding: Rounding = 'exact'
): LearningHours {
	const { form, abroad, startsOn, endsOn, amount } = claim;
	const distinctDays = daysBetween(startsOn, endsOn) + 1;
	const rule = rateOn(rates, form, endsOn);
	if (!('ok' in rule) && rule.basis === 'perDay' && amount > distinctDays)
		throw refused('credentials.claim.moreDays', { days: distinctDays });
	const monthly = !('ok' in rule) && rule.capPerMonth !== null;
	if (monthly && startsOn.slice(0, 7) !== endsOn.slice(0, 7)) throw refused('credentials.claim.byMonth');
	const whole = Number.isInteger(amount);
	return learningHours(
		rates,
		{
			form,
			abroad,
			on: endsOn,
			hours: amount,
			...(whole ? { days: amount, times: amount, semesters: amount } : {}),
			...(monthly && whole
				? {
						sessionDates: Array.from({ length: amount }, () => startsOn),
						countedBefore: before.countedBefore
					}
				: {}),
			distinctDays,
			beside: { startsOn, counted: before.countedBeside }
		},
		rounding
	);
}

/** The same certificate again: its number, else the same name on the same days. domain.md §10.6 */
export const duplicateKey = (claim: {
	number: string;
	title: string;
	startsOn: string;
	endsOn: string;
}): string =>
	claim.number.trim() === ''
		? `${plain(claim.title)}|${claim.startsOn}|${claim.endsOn}`
		: plain(claim.number);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
