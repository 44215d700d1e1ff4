import type { Tx } from '#platform/db/db.ts';
import { Layout } from '../template.ts';

export type UsedTemplate = { id: string; layout: Layout };

/** The template that certificates are printed with from now on; from the first one on it can't change any more. */
export async function templateInUse(
	tx: Tx,
	agencyId: string,
	templateId: string | null,
	now: Date
): Promise<UsedTemplate | null> {
	if (templateId === null) return null;
	const row = await tx
		.selectFrom('credentials.template')
		.select(['id', 'layout', 'first_used_at'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', templateId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (row.first_used_at === null)
		await tx
			.updateTable('credentials.template')
			.set({ first_used_at: now })
			.where('agency_id', '=', agencyId)
			.where('id', '=', templateId)
			.execute();
	return { id: row.id, layout: Layout.parse(row.layout) };
}
