import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { versionStatus } from '../model.ts';
import { mayChange } from '../rules.ts';

/** A version, locked until the command ends. 404 when it is not of this agency. */
export async function lockVersion(tx: Tx, agencyId: string, versionId: string) {
	const row = await tx
		.selectFrom('programs.version')
		.select(['id', 'program_id as programId', 'number', 'status', 'revision', 'in_force_at as inForceAt'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', versionId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw missing();
	return { ...row, status: versionStatus(row.status) };
}

type Locked = Awaited<ReturnType<typeof lockVersion>>;

/** Refuses a change of a version in force or retired. */
export function mustBeOpen(version: Locked): void {
	if (!mayChange(version.status)) throw refused('programs.version.frozen', { number: version.number });
}

/** Refuses a form that was made before somebody else saved. */
export function mustBeSeen(version: Locked, revision: number): void {
	if (version.revision !== revision)
		throw refused('programs.version.changedMeanwhile', { number: version.number });
}
