import type { CivilDate } from '#kernel/time.ts';
import type { LearningHours, Rounding } from './jp.ts';

export const YEARS_BY = ['endDate', 'certificateDate'] as const;
export type YearBy = (typeof YEARS_BY)[number];

/** What the law leaves to the agency, from a day on. */
export type JpSetting = { validFrom: CivilDate; yearBy: YearBy; rounding: Rounding; legalBasis: string };

/** As long as an agency has said nothing: the year of the last day, and two decimals. @law PerLAN 10/2018 is silent on both */
export const NATIONAL_SETTING: JpSetting = {
	validFrom: '2018-01-01',
	yearBy: 'endDate',
	rounding: 'exact',
	legalBasis: 'PerLAN 10/2018'
};

/** The setting that holds for learning which ended on that day. */
export function settingOn(settings: readonly JpSetting[], on: CivilDate): JpSetting {
	return (
		settings
			.filter(({ validFrom }) => validFrom <= on)
			.toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0] ?? NATIONAL_SETTING
	);
}

/** What the ledger keeps of how an entry was counted: the rate as it was, what a cap took away, and every figure between. */
export const storedRule = ({ rule, capped, how }: Extract<LearningHours, { ok: true }>): string =>
	JSON.stringify({ ...rule, capped: capped ?? null, how });
