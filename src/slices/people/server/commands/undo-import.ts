import { z } from 'zod';
import { AppError, refused } from '#kernel/errors.ts';
import { addDays } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { mayBecome, UNDO_DAYS } from '../../model.ts';
import { importKind } from '../import/kind.ts';
import '../import/kinds.ts';
import { lockImport, statusOf } from '../import/lock-imports.ts';

const Counts = z.object({ new: z.number(), changed: z.number() });
type Found = Awaited<ReturnType<typeof lockImport>>;

/**
 * Takes an applied import back as a whole: what it brought is gone, what it changed is as it was. Refuses: not applied,
 * applied too long ago, and anything that came to depend on it, named one by one.
 */
export const undoImport = command(
	'people.undoImport',
	OneImport,
	async ({ tx, actor, now, permit, record, note, progress }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		const appliedAt = await refuseUnlessUndoable(tx, actor.agencyId, found, now);
		const { new: added, changed } = Counts.parse(found.counts);
		await progress(0, added + changed);
		await importKind(found.kind).undo(tx, { agencyId: actor.agencyId, importId, appliedAt });
		await tx
			.deleteFrom('people.import_row')
			.where('agency_id', '=', actor.agencyId)
			.where('import_id', '=', importId)
			.execute();
		await tx
			.updateTable('people.import')
			.set({ status: 'undone', undone_at: now, undone_by: actor.name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', importId)
			.execute();
		await progress(added + changed, added + changed);
		if (found.kind === 'people' || found.kind === 'units') record('people.imported', { importId });
		else note({ importId });
		return { importId };
	},
	{ summary: 'Take an applied import back as a whole, while nothing depends on it' }
);

/** When it was applied. */
export async function refuseUnlessUndoable(tx: Tx, agencyId: string, found: Found, now: Date): Promise<Date> {
	if (found.status === 'undone') throw refused('people.import.alreadyUndone');
	if (!mayBecome(statusOf(found.status), 'undone') || !found.applied_at)
		throw refused('people.import.nothingToUndo');
	const until = addDays(found.applied_at.toISOString().slice(0, 10), UNDO_DAYS);
	if (now.toISOString().slice(0, 10) > until) throw refused('people.import.undoTooLate', { days: UNDO_DAYS });
	if (await hasForgotten(tx, agencyId, found.id))
		throw refused('people.import.undoTooLate', { days: UNDO_DAYS });
	const undone = { agencyId, importId: found.id, appliedAt: found.applied_at };
	const dependants = await importKind(found.kind).dependants(tx, undone);
	if (dependants.length > 0)
		throw new AppError(
			'refused',
			'people.import.undoBlocked',
			{ count: dependants.length },
			dependants.map(({ code, params }, at) => ({ path: `depends.${at}`, code, params }))
		);
	return found.applied_at;
}

/** What it takes to give a row back is gone: after a month, or applied before Asah kept it. */
async function hasForgotten(tx: Tx, agencyId: string, importId: string): Promise<boolean> {
	const row = await tx
		.selectFrom('people.import_row')
		.select('row_number')
		.where('agency_id', '=', agencyId)
		.where('import_id', '=', importId)
		.where('outcome', '=', 'changed')
		.where('before', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
