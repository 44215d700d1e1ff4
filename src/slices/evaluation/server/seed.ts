import type { Tx } from '#platform/db/db.ts';
import { REACTION_ITEMS } from '../reaction-items.ts';

/** The reaction form that a new agency starts from. */
export async function seedReactionItems(tx: Tx, agencyId: string): Promise<void> {
	await tx
		.insertInto('evaluation.reaction_item')
		.values(
			REACTION_ITEMS.map((item, sort) => ({
				agency_id: agencyId,
				code: item.code,
				aspect: item.aspect,
				kind: item.kind,
				wording_id: item.id,
				wording_en: item.en,
				sort
			}))
		)
		.execute();
}
