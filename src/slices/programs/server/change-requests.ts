import type { Db } from '#platform/db/db.ts';
import { decisionOf, severityOf } from '../model.ts';

/** What evaluation asked to change in a version, what is open first. */
export async function changeRequestsOn(db: Db, agencyId: string, versionId: string) {
	const rows = await db
		.selectFrom('programs.change_request')
		.select(['id', 'wording', 'evidence', 'severity', 'asked_at as askedAt', 'decision', 'answer'])
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.orderBy('decided_at', (order) => order.desc().nullsFirst())
		.orderBy('asked_at', 'desc')
		.execute();
	return rows.map((row) => ({
		...row,
		severity: severityOf(row.severity),
		decision: row.decision === null ? null : decisionOf(row.decision)
	}));
}
