import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import type { CheckedRow } from '../../import/problem.ts';
import type { Sheet } from '../../import/sheet.ts';
import { CheckImport } from '../../input.ts';
import type { ImportCounts } from '../../model.ts';
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
		await stageRows(tx, await kind.check(sheet, { tx, agencyId: actor.agencyId, today }), sheet, now);
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
				created_at: now
			})
			.execute();
		const compared = {
			agencyId: actor.agencyId,
			importId,
			columns: new Set(columns.map(({ name }) => name))
		};
		await kind.compare(tx, compared);
		const counts = { ...(await countRows(tx, actor.agencyId, importId, kind)), skipped: sheet.skipped };
		await tx
			.updateTable('people.import')
			.set({ counts: JSON.stringify(counts) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', importId)
			.execute();
		note({ importId });
		return { importId, counts };
	},
	{ summary: 'Check a file of an agency: what would change, and what is wrong with which row' }
);

/** Rows that travel together. */
const ROWS_A_PIECE = 2500;

/**
 * The rows as `check` leaves them, in a table of this transaction alone: the database reads a piece while the next is
 * checked, and other requests have their turn between them.
 */
async function stageRows(
	tx: Tx,
	rows: Iterable<CheckedRow<unknown>>,
	sheet: Sheet,
	now: Date
): Promise<void> {
	await sql`create temporary table checked_row (row_number integer, part smallint, label text, wrong boolean, problems jsonb,
		new_id uuid, known_id text, known_nip text, data jsonb, cells jsonb) on commit drop`.execute(tx);
	let piece: string[] = [];
	let sending: Promise<unknown> = Promise.resolve();
	const send = async (): Promise<void> => {
		const text = `[${piece.join(',')}]`;
		piece = [];
		await sending;
		sending = sql`insert into pg_temp.checked_row
			select * from jsonb_to_recordset(${text}::jsonb) as r(row_number integer, part smallint, label text, wrong boolean,
				problems jsonb, new_id uuid, known_id text, known_nip text, data jsonb, cells jsonb)`.execute(tx);
		// Its failure is met at the next await; until then it must not count as nobody's.
		sending.catch(() => undefined);
	};
	let at = -1;
	let last = { row: 0, part: 0 };
	for (const { row, label, wrong, problems, data, ids } of rows) {
		if (row !== last.row) at += 1;
		last = { row, part: row === last.row ? last.part + 1 : 0 };
		piece.push(
			JSON.stringify({
				row_number: row,
				part: last.part,
				label,
				wrong,
				problems,
				new_id: newId(now.getTime()),
				known_id: ids.external_id,
				known_nip: ids.nip ?? null,
				data,
				// A row of several parts keeps its cells once.
				cells: last.part === 0 ? (sheet.rows[at]?.cells ?? []) : null
			})
		);
		if (piece.length % 500 === 0) await setImmediate();
		if (piece.length === ROWS_A_PIECE) await send();
	}
	await send();
	await sending;
}

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

/** `missing`: what a whole file would name and this one does not name at all. */
async function countRows(
	tx: Tx,
	agencyId: string,
	importId: string,
	{ expected }: ImportKind
): Promise<Omit<ImportCounts, 'skipped'>> {
	const missing = expected
		? sql`(select count(*)::int from ${expected} k where k.agency_id = ${agencyId} and not exists (
				select from people.import_row s where s.agency_id = ${agencyId} and s.import_id = ${importId} and s.subject_id = k.id
			))`
		: sql`0`;
	const { rows } = await sql<Omit<ImportCounts, 'skipped'>>`
		select count(*)::int as rows,
			(count(*) filter (where outcome = 'new'))::int as new,
			(count(*) filter (where outcome = 'changed'))::int as changed,
			(count(*) filter (where outcome = 'unchanged'))::int as unchanged,
			(count(*) filter (where outcome = 'wrong'))::int as wrong,
			(count(*) filter (where outcome <> 'wrong' and problems is not null))::int as warnings,
			${missing} as missing
		from people.import_row where agency_id = ${agencyId} and import_id = ${importId}`.execute(tx);
	const counts = rows[0];
	if (!counts) throw new Error('an aggregate without a row');
	return counts;
}
