import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { SHIPPED_FORMS } from '../reaction-items.ts';

/** The reaction forms that a new agency starts from: one for the end of a class, one for sessions. */
export async function seedReactionForms(tx: Tx, agencyId: string): Promise<void> {
	const now = new Date();
	for (const { shipped, name, purpose, items } of SHIPPED_FORMS) {
		const [templateId, versionId] = [newId(), newId()];
		await tx
			.insertInto('evaluation.form_template')
			.values({ agency_id: agencyId, id: templateId, name, purpose, shipped })
			.execute();
		await tx
			.insertInto('evaluation.form_version')
			.values({
				agency_id: agencyId,
				id: versionId,
				template_id: templateId,
				number: 1,
				saved_by: 'Asah',
				saved_at: now
			})
			.execute();
		await tx
			.insertInto('evaluation.reaction_item')
			.values(
				items.map((item, sort) => ({
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
		await tx
			.insertInto('evaluation.form_item')
			.values(
				items.map(({ code }, sort) => ({
					agency_id: agencyId,
					version_id: versionId,
					item_code: code,
					sort
				}))
			)
			.execute();
		await tx
			.updateTable('evaluation.form_version')
			.set({ in_use_since: now })
			.where('agency_id', '=', agencyId)
			.where('id', '=', versionId)
			.execute();
	}
}
