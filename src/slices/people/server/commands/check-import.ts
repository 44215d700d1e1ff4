import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { CheckImport } from '../../input.ts';
import { dryRun } from '../import/dry-run.ts';
import { importKind, type ImportKind } from '../import/kind.ts';
import '../import/kinds.ts';
import { lockImports } from '../import/lock-imports.ts';

/**
 * The dry run: reads every row, compares it with what is known and keeps the result for the screen. Writes nothing of
 * any person or unit. Refuses: a sheet out of shape; an agency without units that brings people first.
 */
export const checkImport = command(
	'people.checkImport',
	CheckImport,
	async ({ tx, actor, now, today, permit, note }, { fileName, sheet, learned }) => {
		permit(canImport(actor));
		await lockImports(tx, actor.agencyId);
		const kind = importKind(sheet.kind);
		if (learned) await remember(tx, { ...actor, now }, kind, learned);
		const importId = newId(now.getTime());
		const { columns, rows: _rows, skipped: _skipped, kind: _kind, ...about } = sheet;
		await tx
			.insertInto('people.import')
			.values({
				agency_id: actor.agencyId,
				id: importId,
				kind: kind.shape.name,
				file_name: fileName,
				status: 'checked',
				columns: JSON.stringify({ used: columns, ...about }),
				counts: '{}',
				account_id: actor.accountId,
				created_at: now,
				checked_at: now
			})
			.execute();
		const counts = await dryRun(tx, { agencyId: actor.agencyId, importId, now, today }, sheet);
		note({ importId });
		return { importId, counts };
	},
	{ summary: 'Check a file of an agency: what would change, and what is wrong with which row' }
);

/** What the agency said its headers mean holds for its next files too. */
async function remember(
	tx: Tx,
	by: { agencyId: string; name: string; now: Date },
	kind: ImportKind,
	learned: Readonly<Record<string, string>>
): Promise<void> {
	const known = Object.entries(learned).filter(([, column]) =>
		kind.shape.columns.some(({ name }) => name === column)
	);
	if (known.length === 0) return;
	await tx
		.insertInto('people.import_mapping')
		.values(
			known.map(([header, column]) => ({
				agency_id: by.agencyId,
				kind: kind.shape.name,
				header,
				column_name: column,
				made_by: by.name,
				made_at: by.now
			}))
		)
		.onConflict((conflict) =>
			conflict.columns(['agency_id', 'kind', 'header']).doUpdateSet({
				column_name: (row) => row.ref('excluded.column_name'),
				made_by: by.name,
				made_at: by.now
			})
		)
		.execute();
}
