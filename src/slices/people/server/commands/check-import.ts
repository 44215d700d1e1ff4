import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { checkPeople } from '../../import/check-people.ts';
import { checkUnits } from '../../import/check-units.ts';
import type { CheckedRow } from '../../import/problem.ts';
import { CheckImport } from '../../input.ts';
import type { ImportCounts } from '../../model.ts';
import { comparePeople } from '../import/compare-people.ts';
import { compareUnits } from '../import/compare-units.ts';
import { lockImports } from '../import/lock-imports.ts';

/**
 * The dry run: reads every row, compares it with what is known and keeps the result for the screen. Writes nothing of
 * any person or unit. Refuses: a sheet out of shape; an agency without units that brings people first.
 */
export const checkImport = command(
	'people.checkImport',
	CheckImport,
	async ({ tx, actor, now, today, permit, note }, { fileName, sheet }) => {
		permit(canImport(actor));
		await lockImports(tx, actor.agencyId);
		const units = await tx
			.selectFrom('people.unit as u')
			.leftJoin('people.unit as up', (join) =>
				join.onRef('up.agency_id', '=', 'u.agency_id').onRef('up.id', '=', 'u.parent_id')
			)
			.select(['u.external_id', 'u.echelon', 'up.external_id as parent'])
			.where('u.agency_id', '=', actor.agencyId)
			.where('u.external_id', 'is not', null)
			.where('u.valid_to', 'is', null)
			.execute();
		const checked =
			sheet.kind === 'people'
				? checkPeople(sheet, {
						today,
						units: new Map(units.map(({ external_id, echelon }) => [external_id ?? '', { echelon }]))
					})
				: checkUnits(sheet, new Map(units.map(({ external_id, parent }) => [external_id ?? '', parent])));
		const rows = await jsonOf(checked, now);
		const importId = newId(now.getTime());
		const { columns, dropped, absent, sheetName, headerRow, kind } = sheet;
		await tx
			.insertInto('people.import')
			.values({
				agency_id: actor.agencyId,
				id: importId,
				kind,
				file_name: fileName,
				status: 'checked',
				columns: JSON.stringify({ used: columns, dropped, absent, sheetName, headerRow }),
				counts: '{}',
				account_id: actor.accountId,
				created_at: now
			})
			.execute();
		const compared = {
			agencyId: actor.agencyId,
			importId,
			rows,
			columns: new Set(columns.map(({ name }) => name))
		};
		await (kind === 'people' ? comparePeople : compareUnits)(tx, compared);
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
	{ summary: 'Check a staff list or unit table: what would change, and what is wrong with which row' }
);

/** Rows as JSON, made in pieces so that other requests have their turn between them. */
async function jsonOf(rows: Iterable<CheckedRow<unknown>>, now: Date): Promise<string> {
	const parts: string[] = [];
	for (const { row, label, wrong, problems, data, ids } of rows) {
		parts.push(
			JSON.stringify({
				row_number: row,
				label,
				wrong,
				problems,
				new_id: newId(now.getTime()),
				known_id: ids.external_id,
				known_nip: ids.nip ?? null,
				data
			})
		);
		if (parts.length % 500 === 0) await setImmediate();
	}
	return `[${parts.join(',')}]`;
}

/** `missing`: people at work, or units standing, that the file does not name at all. */
async function countRows(
	tx: Tx,
	agencyId: string,
	importId: string,
	kind: 'people' | 'units'
): Promise<Omit<ImportCounts, 'skipped'>> {
	const known =
		kind === 'people'
			? sql`people.person k where k.active and k.employment_kind <> 'OFFICIAL'`
			: sql`people.unit k where k.valid_to is null`;
	const { rows } = await sql<Omit<ImportCounts, 'skipped'>>`
		select count(*)::int as rows,
			(count(*) filter (where outcome = 'new'))::int as new,
			(count(*) filter (where outcome = 'changed'))::int as changed,
			(count(*) filter (where outcome = 'unchanged'))::int as unchanged,
			(count(*) filter (where outcome = 'wrong'))::int as wrong,
			(count(*) filter (where outcome <> 'wrong' and problems is not null))::int as warnings,
			(select count(*)::int from ${known} and k.agency_id = ${agencyId} and not exists (
				select from people.import_row s where s.agency_id = ${agencyId} and s.import_id = ${importId} and s.subject_id = k.id
			)) as missing
		from people.import_row where agency_id = ${agencyId} and import_id = ${importId}`.execute(tx);
	const counts = rows[0];
	if (!counts) throw new Error('an aggregate without a row');
	return counts;
}
