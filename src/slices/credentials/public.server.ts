import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { JP_RULESET, JP_TARGETS } from './jp-ruleset.ts';
import { ensureIpRules } from './server/ip-rules.ts';

/** The conversion table and yearly targets that a new agency starts from. @law PerLAN 10/2018, lampiran */
export async function seedJpRates(tx: Tx, agencyId: string): Promise<void> {
	await tx
		.insertInto('credentials.jp_rate')
		.values(
			JP_RULESET.map((row) => ({
				agency_id: agencyId,
				id: newId(),
				code: row.code,
				path: row.path,
				basis: row.basis,
				domestic: row.domestic,
				abroad: row.abroad,
				abroad_factor: row.abroadFactor,
				cap_per_day: row.capPerDay,
				cap_per_month: row.capPerMonth,
				siasn_id: row.siasnId,
				legal_basis: row.legalBasis,
				valid_from: row.validFrom,
				valid_to: row.validTo
			}))
		)
		.execute();
	await tx
		.insertInto('credentials.jp_target')
		.values(JP_TARGETS.map((row) => ({ agency_id: agencyId, id: newId(), ...row })))
		.execute();
	await ensureIpRules(tx, agencyId);
}

export { jpCountedOf, jpTargetOf, jpOfYear } from './server/ledger.ts';
export { proofOf } from './server/proof-of.ts';

/** Whom the room's events concern, for notices. */
export { credentialNotices } from './server/notices.ts';
