import { echelonName } from '#kernel/posts.ts';
import { rowReader, type CheckedRow, type RowReader } from './problem.ts';
import type { Sheet } from './sheet.ts';
import { unitKindOf } from './unit-kind.ts';

/** What one row says of a unit, under the names of the columns it is kept in. `parent` is a SIASN id, null at the top. */
export type UnitData = {
	external_id: string;
	name: string;
	kind: string;
	code: string | null;
	parent: string | null;
	head_title: string | null;
	echelon: string | null;
	head_external_id: string | null;
};

/** Units known already: SIASN id (lower case) → SIASN id of the unit above. */
export type KnownParents = ReadonlyMap<string, string | null>;

/**
 * Reads every row of a unit table. A unit may stand above one that comes later in the file, or be known already;
 * one unit stands at the top, and nobody stands above himself.
 */
export function* checkUnits(sheet: Sheet, known: KnownParents): Generator<CheckedRow<UnitData>> {
	const read = rowReader(sheet);
	const seen = new Map<string, number>();
	const rows = sheet.rows.map(({ row, cells }) => ({ row, of: read(cells) }));
	const parents = new Map<string, string | null>(known);
	for (const { of } of rows) if (of.id('Id') !== '') parents.set(of.id('Id'), of.id('DiatasanId') || null);
	let top: { id: string; row: number } | undefined;
	for (const { row, of } of rows) {
		checkPlace(of, row, seen, parents);
		if (of.id('Id') !== '' && of.id('DiatasanId') === '') {
			if (top) of.report('DiatasanId', 'people.import.secondTop', { row: top.row });
			else top = { id: of.id('Id'), row };
		}
		yield unitRow(of, row);
	}
}

function checkPlace(
	of: RowReader,
	row: number,
	seen: Map<string, number>,
	parents: ReadonlyMap<string, string | null>
): void {
	const id = of.id('Id');
	if (id === '') return of.report('Id', 'people.import.emptyCell');
	const first = seen.get(id);
	if (first !== undefined) return of.report('Id', 'people.import.duplicateId', { row: first });
	seen.set(id, row);
	const parent = of.id('DiatasanId');
	if (parent !== '' && !parents.has(parent)) return of.report('DiatasanId', 'people.import.unknownParent');
	const above = new Set<string>();
	for (let at = parents.get(id) ?? null; at !== null && !above.has(at); at = parents.get(at) ?? null)
		above.add(at);
	if (above.has(id)) of.report('DiatasanId', 'people.import.parentLoop');
}

function unitRow(of: RowReader, row: number): CheckedRow<UnitData> {
	const [id, name] = [of.id('Id'), of.cell('NamaUnor')];
	if (name === '') of.report('NamaUnor', 'people.import.emptyName');
	else if (name.length > 300) of.report('NamaUnor', 'people.import.tooLong', { maximum: 300 });
	const echelon = of.cell('EselonId').replace(/\.0+$/, '');
	if (echelon !== '' && echelonName(echelon) === null) of.report('EselonId', 'people.import.unknownEchelon');
	const label = [name, of.cell('CepatKode')].filter(Boolean).join(' · ').slice(0, 160);
	const ids = { external_id: id || null };
	if (of.wrong()) return { row, label, wrong: true, problems: of.problems, data: null, ids };
	const data: UnitData = {
		external_id: id,
		name,
		kind: unitKindOf(name, of.id('IndukUnorId') === id),
		code: of.cell('CepatKode').slice(0, 60) || null,
		parent: of.id('DiatasanId') || null,
		head_title: of.cell('NamaJabatan').slice(0, 300) || null,
		echelon: echelon || null,
		head_external_id: of.id('PemimpinPnsId') || null
	};
	return { row, label, wrong: false, problems: of.problems, data, ids };
}
