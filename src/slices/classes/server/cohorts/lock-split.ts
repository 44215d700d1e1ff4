import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';

export type LockedSplit = { id: string; status: string; planLineId: string | null; programId: string };

/** The split, held until the transaction ends. Always before its classes. Refuses: missing. */
export async function lockSplit(tx: Tx, agencyId: string, splitId: string): Promise<LockedSplit> {
	const row = await tx
		.selectFrom('classes.split')
		.select(['id', 'status', 'plan_line_id as planLineId', 'program_id as programId'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', splitId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw missing();
	return row;
}

/** What was applied stands as it was applied. */
export function stillOpen({ status }: Pick<LockedSplit, 'status'>): void {
	if (status === 'applied') throw refused('classes.split.applied');
}
