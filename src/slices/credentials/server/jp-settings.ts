import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { ROUNDINGS, type Rounding } from '../jp.ts';
import { NATIONAL_SETTING, YEARS_BY, type JpSetting, type YearBy } from '../jp-setting.ts';

const roundingOf = (text: string): Rounding => ROUNDINGS.find((one) => one === text) ?? 'exact';
const yearByOf = (text: string): YearBy => YEARS_BY.find((one) => one === text) ?? 'endDate';

export type SetJpSetting = JpSetting & { who: string | null; at: Date | null };

/** What the agency said, newest first, and at the end what holds where it said nothing. */
export async function jpSettings(db: Db): Promise<SetJpSetting[]> {
	const rows = await sql<{
		validFrom: string;
		yearBy: string;
		rounding: string;
		legalBasis: string;
		who: string | null;
		at: Date;
	}>`
		select valid_from as "validFrom", year_by as "yearBy", rounding, legal_basis as "legalBasis", set_by_name as who, set_at as at
		from credentials.jp_setting where agency_id = platform.current_agency() order by valid_from desc`.execute(db);
	const own = rows.rows.map((row) => ({
		...row,
		yearBy: yearByOf(row.yearBy),
		rounding: roundingOf(row.rounding)
	}));
	return own.some(({ validFrom }) => validFrom <= NATIONAL_SETTING.validFrom)
		? own
		: [...own, { ...NATIONAL_SETTING, who: null, at: null }];
}
