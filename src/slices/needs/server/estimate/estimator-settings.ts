import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '#platform/db/db.ts';
import { DEFAULT_SETTINGS, type EstimatorSettings } from '../../estimator/settings.ts';

/** What an agency may change: how fast evidence ages, how far back it is read, how much the defaults weigh. */
export const OwnSettings = z
	.object({
		driftPerYear: z.number().min(0).max(2),
		oldestYears: z.number().min(0.5).max(15),
		priorWeight: z.number().min(1).max(10_000)
	})
	.partial();

export type SettingsInForce = { settings: EstimatorSettings; reason: string | null };

/** The settings of a day: the defaults with what the agency changed, and why it did. */
export async function settingsOn(db: Db, on: string): Promise<SettingsInForce> {
	const row = await db
		.selectFrom('needs.estimator_setting')
		.select(['settings', 'reason'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('valid_from', '<=', on)
		.where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
		.executeTakeFirst();
	if (row === undefined) return { settings: DEFAULT_SETTINGS, reason: null };
	const { driftPerYear, oldestYears, priorWeight } = OwnSettings.parse(row.settings);
	return {
		settings: {
			...DEFAULT_SETTINGS,
			driftPerYear: driftPerYear ?? DEFAULT_SETTINGS.driftPerYear,
			oldestYears: oldestYears ?? DEFAULT_SETTINGS.oldestYears,
			priorWeight: priorWeight ?? DEFAULT_SETTINGS.priorWeight
		},
		reason: row.reason
	};
}
