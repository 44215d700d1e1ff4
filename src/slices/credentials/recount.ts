import type { JpRate } from './jp.ts';
import { settingOn, type JpSetting } from './jp-setting.ts';
import type { HoursAmongDays } from './jp-day-cap.ts';
import { hoursOfClaim } from './rules.ts';

/** A record of the ledger that counts. `amount` is null for our own classes, which are counted from attendance. */
export type LedgerRecord = {
	id: string;
	personId: string;
	form: string;
	startsOn: string;
	endsOn: string;
	amount: number | null;
	abroad: boolean;
	learningHours: number;
	/** Before "+20 %" abroad. */
	underCap: number;
};

export type Difference = { id: string; stored: number; reckoned: number };

/**
 * Reckons every record of learning elsewhere anew from its rule, in the order in which they were counted (each person's
 * records of a form share their caps), and answers which the ledger has otherwise. Proves the ledger; changes nothing.
 */
export function recount(
	rates: readonly JpRate[],
	settings: readonly JpSetting[],
	records: readonly LedgerRecord[]
): { reckoned: number; differing: Difference[] } {
	const byForm = Map.groupBy(rates, ({ code }) => code);
	const before = new Map<string, (HoursAmongDays & { times: number })[]>();
	const differing: Difference[] = [];
	let reckoned = 0;
	for (const record of records) {
		const { id, personId, form, startsOn, endsOn, amount, abroad, learningHours, underCap } = record;
		const key = `${personId} ${form}`;
		const others = before.get(key) ?? [];
		if (amount !== null) {
			reckoned += 1;
			const hours = hoursOfClaim(
				byForm.get(form) ?? [],
				{ form, startsOn, endsOn, amount, abroad },
				{
					countedBeside: others,
					countedBefore: others.flatMap((one) => Array.from({ length: one.times }, () => one.startsOn))
				},
				settingOn(settings, endsOn).rounding
			);
			const jp = hours.ok ? hours.jp : 0;
			if (Math.abs(jp - learningHours) > 0.005) differing.push({ id, stored: learningHours, reckoned: jp });
		}
		before.set(key, [...others, { startsOn, endsOn, hours: underCap, times: Math.round(amount ?? 1) }]);
	}
	return { reckoned, differing };
}
