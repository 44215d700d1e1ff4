import { echelonName } from '#kernel/posts.ts';
import { rowReader, type CheckedRow, type RowReader } from './problem.ts';
import type { FileShape } from './shape.ts';
import type { Sheet } from './sheet.ts';
import { unitKindOf } from './unit-kind.ts';

/** The unit table as SIASN's `ref-unor` has it. */
export const UNITS: FileShape = {
	name: 'units',
	keyColumn: 'Id',
	columns: [
		{ name: 'Id', required: true, id: true },
		{ name: 'DiatasanId', required: true, id: true },
		{ name: 'EselonId' },
		{ name: 'NamaUnor', required: true },
		{ name: 'NamaJabatan' },
		{ name: 'CepatKode', id: true },
		{ name: 'IndukUnorId', id: true },
		{ name: 'PemimpinPnsId', id: true }
	]
};

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

/** Units known already: SIASN id (lower case) → SIASN id of the unit above, and its code. */
export type KnownParents = ReadonlyMap<string, { parent: string | null; code: string | null }>;

/**
 * Reads every row of a unit table. A unit may stand above one that comes later in the file, or be known already;
 * one unit stands at the top, and nobody stands above himself.
 */
export function* checkUnits(sheet: Sheet, known: KnownParents): Generator<CheckedRow<UnitData>> {
	const read = rowReader(sheet);
	const seen = new Map<string, number>();
	const rows = sheet.rows.map(({ row, cells }) => ({ row, of: read(cells) }));
	const parents = new Map([...known].map(([id, { parent }]): [string, string | null] => [id, parent]));
	const codes = new Map([...known].map(([id, { code }]) => [id, code]));
	for (const { of } of rows)
		if (!codes.has(of.id('Id'))) codes.set(of.id('Id'), of.cell('CepatKode') || null);
	for (const { of } of rows) if (of.id('Id') !== '') parents.set(of.id('Id'), of.id('DiatasanId') || null);
	let top: { id: string; row: number } | undefined;
	for (const { row, of } of rows) {
		checkPlace(of, row, seen, parents);
		if (of.id('Id') !== '' && of.id('DiatasanId') === '') {
			if (top) of.report('DiatasanId', 'people.import.secondTop', { row: top.row });
			else top = { id: of.id('Id'), row };
		}
		yield unitRow(of, row, codes);
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

function unitRow(
	of: RowReader,
	row: number,
	codes: ReadonlyMap<string, string | null>
): CheckedRow<UnitData> {
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
		code: wholeCode(of, codes),
		parent: of.id('DiatasanId') || null,
		head_title: of.cell('NamaJabatan').slice(0, 300) || null,
		echelon: echelon || null,
		head_external_id: of.id('PemimpinPnsId') || null
	};
	return { row, label, wrong: false, problems: of.problems, data, ids };
}

/**
 * A code that a spreadsheet took for a number has lost its leading zeros. They can be told where the unit's code is
 * known with them, or where every code begins with that of the unit above and only zeros are missing for it.
 */
function wholeCode(of: RowReader, codes: ReadonlyMap<string, string | null>): string | null {
	const code = of.cell('CepatKode').slice(0, 60);
	if (!/^[1-9]\d*$/.test(code)) return code || null;
	const known = codes.get(of.id('Id'));
	const above = codes.get(of.id('DiatasanId'));
	const whole =
		known && known !== code && /^0+$/.test(known.slice(0, -code.length)) && known.endsWith(code)
			? known
			: above && /^0+[1-9]/.test(above) && !code.startsWith(above)
				? `${/^0+/.exec(above)?.[0] ?? ''}${code}`
				: code;
	if (whole === code || (whole !== known && !whole.startsWith(above ?? ''))) return code;
	of.warn('CepatKode', 'people.import.lostZeros', { code: whole });
	return whole;
}
