import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadCampaigns } from '../../access.ts';
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
	return { settings: { ...DEFAULT_SETTINGS, ...owned(row.settings) }, reason: row.reason };
}

export type OwnedSettings = Pick<EstimatorSettings, 'driftPerYear' | 'oldestYears' | 'priorWeight'>;

function owned(stored: unknown): OwnedSettings {
	const { driftPerYear, oldestYears, priorWeight } = OwnSettings.parse(stored);
	return {
		driftPerYear: driftPerYear ?? DEFAULT_SETTINGS.driftPerYear,
		oldestYears: oldestYears ?? DEFAULT_SETTINGS.oldestYears,
		priorWeight: priorWeight ?? DEFAULT_SETTINGS.priorWeight
	};
}

export type DatedSettings = OwnedSettings & {
	id: string;
	validFrom: string;
	/** Exclusive; null while nothing follows. */
	validTo: string | null;
	reason: string;
	/** Who set them; null where it was not kept. */
	who: string | null;
	at: Date;
};

/** What the agency set and will set, newest first; empty while the defaults hold. For whoever reads campaigns. */
export async function settingsHistory(db: Db, actor: Actor): Promise<DatedSettings[]> {
	if (!canReadCampaigns(actor)) return [];
	const rows = await db
		.selectFrom('needs.estimator_setting')
		.select(['id', 'settings', 'reason', 'valid_from as validFrom', 'valid_to as validTo'])
		.select(['set_by_name as who', 'set_at as at'])
		.where('agency_id', '=', actor.agencyId)
		.orderBy('valid_from', 'desc')
		.orderBy('valid_to', 'desc')
		.orderBy('set_at', 'desc')
		.execute();
	return rows.map(({ settings, ...row }) => ({ ...owned(settings), ...row }));
}
