import { describe, expect, it } from 'vitest';
import { checkUnits } from './check-units.ts';
import type { Sheet } from './sheet.ts';
import { unitKindOf } from './unit-kind.ts';

const NAMES = [
	'Id',
	'DiatasanId',
	'EselonId',
	'NamaUnor',
	'NamaJabatan',
	'CepatKode',
	'IndukUnorId',
	'PemimpinPnsId'
];
const sheetOf = (...rows: string[][]): Sheet => ({
	kind: 'units',
	sheetName: '',
	headerRow: 1,
	dropped: [],
	absent: [],
	skipped: 0,
	columns: NAMES.map((name) => ({ name, header: name })),
	rows: rows.map((cells, at) => ({ row: at + 2, cells }))
});
const codes = (
	rows: string[][],
	known: ReadonlyMap<string, { parent: string | null; code: string | null }> = new Map()
) =>
	[...checkUnits(sheetOf(...rows), known)].flatMap(({ row, problems }) =>
		problems.map(({ column, code }) => `${row} ${column} ${code}`)
	);

const TOP = ['A', '', '', 'Pemerintah Kota Contoh', 'Sekretaris Daerah', '001', 'A', 'p1'];
const OFFICE = ['B', 'A', '22', 'Dinas Kesehatan', 'Kepala Dinas', '001.001', 'B', 'p2'];

describe('a row of the unit table', () => {
	it('is read into what Asah keeps', () => {
		expect([...checkUnits(sheetOf(TOP, OFFICE), new Map())][1]?.data).toEqual({
			external_id: 'b',
			name: 'Dinas Kesehatan',
			kind: 'dinas',
			code: '001.001',
			parent: 'a',
			head_title: 'Kepala Dinas',
			echelon: '22',
			head_external_id: 'p2'
		});
	});

	it('may stand before the unit above it, or under one that is known already', () => {
		expect(codes([OFFICE, TOP])).toEqual([]);
		expect(codes([OFFICE], new Map([['a', { parent: null, code: null }]]))).toEqual([]);
	});

	it.each([
		[
			'an unknown unit above',
			[TOP, ['B', 'Z', '', 'Dinas', '', '', '', '']],
			'3 DiatasanId people.import.unknownParent'
		],
		['no name', [TOP, ['B', 'A', '', '', '', '', '', '']], '3 NamaUnor people.import.emptyName'],
		['no id', [TOP, ['', 'A', '', 'Dinas', '', '', '', '']], '3 Id people.import.emptyCell'],
		['an id used before', [TOP, OFFICE, OFFICE], '4 Id people.import.duplicateId'],
		[
			'an unknown echelon',
			[TOP, ['B', 'A', '99', 'Dinas', '', '', '', '']],
			'3 EselonId people.import.unknownEchelon'
		],
		['a second top', [TOP, ['B', '', '', 'Dinas', '', '', '', '']], '3 DiatasanId people.import.secondTop'],
		['itself above', [TOP, ['B', 'B', '', 'Dinas', '', '', '', '']], '3 DiatasanId people.import.parentLoop']
	])('is wrong with %s', (_name, rows, expected) => {
		expect(codes(rows)).toEqual([expected]);
	});

	it('is wrong all around a circle', () => {
		expect(
			codes([TOP, ['B', 'C', '', 'Dinas', '', '', '', ''], ['C', 'B', '', 'Badan', '', '', '', '']])
		).toEqual(['3 DiatasanId people.import.parentLoop', '4 DiatasanId people.import.parentLoop']);
	});

	it.each([
		['Sekretariat Daerah', false, 'sekretariat_daerah'],
		['Sekretariat DPRD', false, 'sekretariat_dprd'],
		['Sekretariat', false, 'sekretariat'],
		['Inspektorat Pembantu I', false, 'inspektorat'],
		['Satuan Polisi Pamong Praja', false, 'dinas'],
		['Kecamatan Medan Marelan', false, 'kecamatan'],
		['UPT Metrologi', false, 'uptd'],
		['Kantor Penghubung', true, 'dinas'],
		['Kelompok Kerja', false, 'lainnya']
	])('is told its kind by its name: %s', (name, isOffice, kind) => {
		expect(unitKindOf(name, isOffice)).toBe(kind);
	});
});
