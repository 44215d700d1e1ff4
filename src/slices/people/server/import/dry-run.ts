import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { CheckedRow } from '../../import/problem.ts';
import type { Sheet } from '../../import/sheet.ts';
import type { ImportCounts } from '../../model.ts';
import { importCells } from '../queries/import-cells.ts';
import { Columns, Counts } from '../queries/imports.ts';
import { importKind, type ImportKind } from './kind.ts';

export type Run = { agencyId: string; importId: string; now: Date; today: string };

/** Compares a sheet with what is known, keeps what each row would do for the screen, and counts it. */
export async function dryRun(tx: Tx, run: Run, sheet: Sheet): Promise<ImportCounts> {
	const { agencyId, importId, now, today } = run;
	const kind = importKind(sheet.kind);
	await stageRows(tx, await kind.check(sheet, { tx, agencyId, today }), sheet, now);
	await kind.compare(tx, { agencyId, importId, columns: new Set(sheet.columns.map(({ name }) => name)) });
	const counts = { ...(await countRows(tx, agencyId, importId, kind)), skipped: sheet.skipped };
	await tx
		.updateTable('people.import')
		.set({ counts: JSON.stringify(counts), checked_at: now })
		.where('agency_id', '=', agencyId)
		.where('id', '=', importId)
		.execute();
	return counts;
}

type Kept = { kind: string; columns: unknown; counts: unknown };

/** The same file once more, out of the cells that its dry run keeps, against how things are now. */
export async function dryRunAgain(tx: Tx, run: Run, kept: Kept): Promise<ImportCounts> {
	const { used, ...about } = Columns.parse(kept.columns);
	const rows: Sheet['rows'] = [];
	for await (const slice of importCells(tx, run.importId))
		for (const { row, cells } of slice) rows.push({ row, cells });
	await tx
		.deleteFrom('people.import_row')
		.where('agency_id', '=', run.agencyId)
		.where('import_id', '=', run.importId)
		.execute();
	const { skipped } = Counts.parse(kept.counts);
	return dryRun(tx, run, { ...about, kind: kept.kind, columns: used, skipped, rows });
}

/** Whether a dry run, made again, says the same of every row: what the person saw is then still what will be written. */
export async function stillSays(tx: Tx, run: Run, kept: Kept): Promise<boolean> {
	const before = await said(tx, run);
	await dryRunAgain(tx, run, kept);
	return before === (await said(tx, run));
}

/** What is new has another id each time. */
async function said(tx: Tx, { agencyId, importId }: Run): Promise<string | null> {
	const { rows } = await sql<{ said: string | null }>`
		select md5(string_agg(md5(concat_ws('|', row_number, part, outcome, case when outcome <> 'new' then subject_id end, data, changes, problems)),
			'' order by row_number, part)) as said
		from people.import_row where agency_id = ${agencyId} and import_id = ${importId}`.execute(tx);
	return rows[0]?.said ?? null;
}

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
	let made = 0;
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
				new_id: newId(now.getTime(), made++),
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
