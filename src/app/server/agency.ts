import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { seedHolidays } from '#slices/classes/public.server.ts';
import { seedCompetencies } from '#slices/competencies/public.server.ts';
import { seedJpRates } from '#slices/credentials/public.server.ts';
import { seedReactionForms } from '#slices/evaluation/public.server.ts';
import { seedMatchBands, seedNeedRules } from '#slices/needs/public.server.ts';

export type NewAgency = { code: string; name: string; city: string; timeZone: string; isDemo: boolean };

/**
 * A new agency with the national rules it starts from. Needs an owner transaction (`openPool(url, null)`): the app's
 * own role cannot make agencies.
 */
export async function createAgency(tx: Tx, agency: NewAgency): Promise<string> {
	const agencyId = newId();
	await tx
		.insertInto('platform.agency')
		.values({
			agency_id: agencyId,
			code: agency.code,
			name: agency.name,
			city: agency.city,
			time_zone: agency.timeZone,
			is_demo: agency.isDemo
		})
		.execute();
	await seedCompetencies(tx, agencyId);
	await seedMatchBands(tx, agencyId);
	await seedNeedRules(tx, agencyId);
	await seedHolidays(tx, agencyId);
	await seedJpRates(tx, agencyId);
	await seedReactionForms(tx, agencyId);
	return agencyId;
}
