import type { Random } from '../random.ts';
import { idFor, randomFor } from '../random.ts';
import type { Agency } from './model.ts';
import { csvText } from './sheets.ts';
import { asnTable } from './siasn.ts';
import type { Table } from './siasn.ts';
import { ASN_COLUMNS } from './siasn-columns.ts';
import type { AsnColumn } from './siasn-columns.ts';

/** A fault the importer must name: the sheet's row number (the header is row 1), the column and the message key. */
export type Fault = { row: number; column: AsnColumn; code: FaultCode };
export type FaultCode =
	| `people.nip.${'scientificNotation' | 'characters' | 'length' | 'birthDate' | 'birthFuture' | 'appointmentMonth' | 'tooYoung' | 'sex' | 'serial'}`
	| `people.import.${'unknownUnit' | 'duplicateNip' | 'emptyName' | 'invalidDate' | 'unknownPostKind'}`;
export type Broken = { csv: string; table: Table; expected: readonly Fault[] };

type Cells = Partial<Record<AsnColumn, string>>;
type Row = { cell(column: AsnColumn): string; previous: Row | null };
type Way = {
	count: number;
	column: AsnColumn;
	code: FaultCode;
	fits?: (row: Row) => boolean;
	broken: (row: Row, random: Random) => Cells;
};

const nip =
	(change: (nip: string, random: Random) => string) =>
	(row: Row, random: Random): Cells => ({
		nip_baru: change(row.cell('nip_baru'), random)
	});

/** 500 faults, one a row. The ways are those of real files: spreadsheets, typing, copying, old unit tables. */
const WAYS: readonly Way[] = [
	{
		count: 60,
		column: 'nip_baru',
		code: 'people.nip.scientificNotation',
		broken: nip((text) => `${text[0]}.${text.slice(1, 6)}E+17`)
	},
	{
		count: 20,
		column: 'nip_baru',
		code: 'people.nip.characters',
		broken: nip((text) => text.replace('0', 'O'))
	},
	{ count: 20, column: 'nip_baru', code: 'people.nip.length', broken: nip((text) => text.slice(0, 17)) },
	{
		count: 45,
		column: 'nip_baru',
		code: 'people.nip.birthDate',
		broken: nip((text) => `${text.slice(0, 4)}13${text.slice(6)}`)
	},
	{
		count: 45,
		column: 'nip_baru',
		code: 'people.nip.birthDate',
		broken: nip((text) => `${text.slice(0, 4)}0230${text.slice(8)}`)
	},
	{
		count: 10,
		column: 'nip_baru',
		code: 'people.nip.birthFuture',
		broken: nip((text) => `2091${text.slice(4)}`),
		fits: notLeapDay
	},
	{
		count: 10,
		column: 'nip_baru',
		code: 'people.nip.appointmentMonth',
		broken: nip((text) => `${text.slice(0, 12)}00${text.slice(14)}`)
	},
	{
		count: 40,
		column: 'nip_baru',
		code: 'people.nip.tooYoung',
		fits: notLeapDay,
		broken: (row) => {
			const [text, birth] = [row.cell('nip_baru'), row.cell('tanggal_lahir')];
			const year = String(Number(text.slice(8, 12)) - 16);
			return { nip_baru: `${year}${text.slice(4)}`, tanggal_lahir: `${birth.slice(0, 6)}${year}` };
		}
	},
	{
		count: 40,
		column: 'nip_baru',
		code: 'people.nip.sex',
		broken: nip((text) => `${text.slice(0, 14)}3${text.slice(15)}`)
	},
	{
		count: 20,
		column: 'nip_baru',
		code: 'people.nip.serial',
		broken: nip((text) => `${text.slice(0, 15)}000`)
	},
	{
		// The first of the two rows is right; the fault is the second's.
		count: 40,
		column: 'nip_baru',
		code: 'people.import.duplicateNip',
		fits: (row) => row.previous !== null,
		broken: ({ previous }) =>
			previous
				? {
						nip_baru: previous.cell('nip_baru'),
						tanggal_lahir: previous.cell('tanggal_lahir'),
						jenis_kelamin: previous.cell('jenis_kelamin')
					}
				: {}
	},
	{
		count: 50,
		column: 'unor_id',
		code: 'people.import.unknownUnit',
		broken: (_row, random) => ({
			unor_id: idFor(random.int(1, 1e9), 'unit that was merged away'),
			unor_nama: 'Unit Lama'
		})
	},
	{
		count: 30,
		column: 'nama',
		code: 'people.import.emptyName',
		broken: (_row, random) => ({ nama: random.pick(['', ' ', '   ']) })
	},
	{
		count: 40,
		column: 'tmt_jabatan',
		code: 'people.import.invalidDate',
		broken: (_row, random) => ({
			tmt_jabatan: random.pick(['31-06-2021', '00-00-2020', '2021-13-05', 'akhir 2020'])
		})
	},
	{
		count: 30,
		column: 'jenis_jabatan_id',
		code: 'people.import.unknownPostKind',
		broken: (_row, random) => ({
			jenis_jabatan_id: random.pick(['9', '0', 'JFT']),
			jenis_jabatan_nama: 'Jabatan Lainnya'
		})
	}
];

/** The agency's export with exactly 500 rows broken, one fault each; heads of units stay whole. */
export function brokenExport(agency: Agency): Broken {
	const random = randomFor(agency.seed, agency.key, 'broken');
	const table = asnTable(agency);
	const heads = new Set(agency.units.map((unit) => unit.headId));
	const untouched = new Set(table.rows.keys());
	const free = agency.people.flatMap((person, index) => (heads.has(person.id) ? [] : [index]));
	const changes = new Map<number, Cells>();
	const expected: Fault[] = [];

	const take = (fits: (index: number) => boolean): number => {
		for (;;) {
			const index = random.pick(free);
			if (untouched.has(index) && fits(index)) return index;
		}
	};
	for (const way of WAYS.toSorted((a, b) => Number(isDuplicate(a)) - Number(isDuplicate(b)))) {
		for (let n = 0; n < way.count; n++) {
			const index = take((i) => way.fits?.(rowAt(table, untouched, i)) ?? true);
			changes.set(index, way.broken(rowAt(table, untouched, index), random));
			untouched.delete(index);
			if (isDuplicate(way)) untouched.delete(index - 1);
			expected.push({ row: index + 2, column: way.column, code: way.code });
		}
	}
	const rows = table.rows.map((row, index) => {
		const change = changes.get(index);
		return change ? ASN_COLUMNS.map((column, at) => change[column] ?? row[at] ?? '') : row;
	});
	const result = { header: table.header, rows };
	return { csv: csvText(result), table: result, expected: expected.toSorted((a, b) => a.row - b.row) };
}

/** Duplicates are made last, so that the row they copy is sure to stay whole. */
function isDuplicate(way: Way): boolean {
	return way.code === 'people.import.duplicateNip';
}

function rowAt(table: Table, untouched: ReadonlySet<number>, index: number): Row {
	const cell = (at: number) => (column: AsnColumn) => table.rows[at]?.[ASN_COLUMNS.indexOf(column)] ?? '';
	const before = untouched.has(index - 1) ? { cell: cell(index - 1), previous: null } : null;
	return { cell: cell(index), previous: before };
}

function notLeapDay(row: Row): boolean {
	return row.cell('nip_baru').slice(4, 8) !== '0229';
}
