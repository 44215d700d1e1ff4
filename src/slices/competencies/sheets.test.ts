import { describe, expect, test } from 'vitest';
import { xlsxBytes } from '#platform/http/xlsx.ts';
import { readTable } from '#slices/people/public.server.ts';
import { compareEditions } from './compare-editions.ts';
import { DICTIONARY_COLUMNS, dictionaryCells, matchSheet, readDictionary } from './dictionary-sheet.ts';
import type { Edition, RequiredRule } from './model.ts';
import { differences, readStandards, STANDARD_COLUMNS, standardCells } from './standards-sheet.ts';

const edition = (change: Partial<Edition> = {}): Edition => ({
	competencyId: 'a',
	code: 'T.01',
	family: 'technical',
	area: 'Keuangan',
	name: 'Menatausahakan',
	nameEn: 'Keeping books',
	definition: 'Kemampuan menatausahakan transaksi',
	levels: [1, 2, 3, 4, 5].map((level) => ({
		level,
		headline: `Kalimat level ${level}`,
		indicators: [`Perilaku ${level}a, "kutip"`, `Perilaku ${level}b`]
	})),
	...change
});
const file = async (cells: string[][], columns: readonly string[] = DICTIONARY_COLUMNS) =>
	readTable(new Uint8Array(await xlsxBytes([{ name: 'S', header: columns, rows: cells }])));

describe('a dictionary goes out and comes in again', () => {
	test('unchanged, with formulas, quotes and lines of their own', async () => {
		const editions = [
			edition(),
			edition({
				competencyId: 'b',
				code: 'T.02',
				name: '=HYPERLINK("http://contoh.test","klik")',
				definition: '-1+1 bukan rumus di sini',
				levels: edition().levels.map((one) => ({ ...one, indicators: ['- satu', '@dua', '+tiga'] }))
			})
		];
		const read = readDictionary(await file(dictionaryCells(editions)), 'technical');
		expect(read).toMatchObject({ problems: [], missing: [] });
		const { editions: back } = matchSheet(editions, read.competencies);
		expect(compareEditions(editions, back).map(({ kind }) => kind)).toEqual(['same', 'same']);
	});

	test('a cell that a spreadsheet would run is text with an apostrophe before it', async () => {
		const rows = await file(dictionaryCells([edition({ name: '=cmd|calc' })]));
		expect(rows[1]?.cells[4]).toBe("'=cmd|calc");
	});

	test('another code with the old one beside it is the same competency', () => {
		const sheet = readDictionary(
			[
				{ row: 1, cells: [...DICTIONARY_COLUMNS] },
				...dictionaryCells([edition({ code: 'K.09' })]).map((cells, at) => ({
					row: at + 2,
					cells: cells.map((cell, column) => (column === 1 ? 'T.01' : cell))
				}))
			],
			'technical'
		);
		const { editions, problems } = matchSheet([edition()], sheet.competencies);
		expect(problems).toEqual([]);
		expect(compareEditions([edition()], editions)).toMatchObject([{ kind: 'changed', fields: ['code'] }]);
		expect(matchSheet([], sheet.competencies).problems).toMatchObject([
			{ code: 'competencies.sheet.oldCode' }
		]);
	});

	test('an English name and a field of work that the sheet leaves out stay as they were', () => {
		const cells = dictionaryCells([edition()]).map((row) =>
			row.map((cell, at) => ([3, 5].includes(at) ? '' : cell))
		);
		const rows = [[...DICTIONARY_COLUMNS], ...cells].map((row, at) => ({ row: at + 1, cells: row }));
		const { editions } = matchSheet([edition()], readDictionary(rows, 'technical').competencies);
		expect(compareEditions([edition()], editions)).toMatchObject([{ kind: 'same' }]);
	});

	const wrong = (change: (cells: string[][]) => void) => {
		const cells = dictionaryCells([edition()]);
		change(cells);
		const read = readDictionary(
			[
				{ row: 1, cells: ['Kamus kompetensi'] },
				{ row: 2, cells: [...DICTIONARY_COLUMNS].map((name) => name.toLowerCase().replace('_', ' ')) },
				...cells.map((row, at) => ({ row: at + 3, cells: row }))
			],
			'technical'
		);
		return read.problems.map(({ row, column, code }) => [row, column, code.split('.').slice(2).join('.')]);
	};
	const set = (row: number, column: number, value: string) => (cells: string[][]) => {
		const cell = cells[row];
		if (cell) cell[column] = value;
	};
	test.each([
		['nothing wrong, headers in small letters below a title', () => undefined, []],
		[
			'a code with spaces',
			(cells: string[][]) => cells.forEach((row) => (row[0] = 'T 01')),
			[[3, 'KODE', 'code']]
		],
		['two names', set(2, 4, 'Lain'), [[5, 'NAMA', 'differs']]],
		[
			'a group of another dictionary',
			(cells: string[][]) => cells.forEach((row) => (row[2] = 'MANAJERIAL')),
			[[3, 'RUMPUN', 'family.technical']]
		],
		[
			'level 6',
			set(4, 7, '6'),
			[
				[7, 'LEVEL', 'level'],
				[3, 'LEVEL', 'levelsMissing']
			]
		],
		[
			'a level twice',
			set(4, 7, '4'),
			[
				[7, 'LEVEL', 'levelTwice'],
				[3, 'LEVEL', 'levelsMissing']
			]
		],
		['no behaviours', set(1, 9, ' \n '), [[4, 'INDIKATOR', 'indicators']]],
		['a level without a sentence', set(0, 8, ''), [[3, 'JUDUL_LEVEL', 'headline']]]
	] as const)('%s', (_, change, problems) => {
		expect(wrong(change)).toEqual(problems);
	});

	test('a sheet without its columns says which', () => {
		expect(readDictionary([{ row: 1, cells: ['KODE', 'NAMA'] }], 'technical').missing).toEqual([
			'DEFINISI',
			'LEVEL',
			'JUDUL_LEVEL',
			'INDIKATOR'
		]);
	});
});

describe('standards go out and come in again', () => {
	const competencies = [{ id: 'a', code: 'T.01', name: 'Menatausahakan' }];
	const known = { competencies, unitKinds: ['kecamatan'] };
	const rule = (change: Partial<RequiredRule>): RequiredRule => ({
		id: 'r',
		postTitle: null,
		unitKind: null,
		postLevel: null,
		postKind: null,
		competencyId: 'a',
		level: 2,
		legalBasis: 'SK 1/2026',
		validFrom: '2026-01-01',
		validTo: null,
		standardId: null,
		...change
	});
	const rules = [
		rule({ postTitle: 'Perawat Terampil' }),
		rule({ postTitle: 'Operator', unitKind: 'kecamatan', level: 3 }),
		rule({ postLevel: '06', competencyId: null, level: 1 }),
		rule({ postKind: 'functional', level: 0 })
	];

	test('unchanged, whatever the case of titles', async () => {
		const read = readStandards(await file(standardCells(rules, competencies), STANDARD_COLUMNS), known);
		expect(read).toMatchObject({ problems: [], missing: [] });
		expect(differences(rules, read.rules).map(({ kind }) => kind)).toEqual(['same', 'same', 'same', 'same']);
	});

	test.each([
		[['', '', '', '', 'T.01', '2'], ['oneScope']],
		[['Perawat', '', '06', '', 'T.01', '2'], ['oneScope']],
		[['', '', '99', '', 'T.01', '2'], ['postLevel']],
		[['', '', '6', '', 'T.01', '2'], []],
		[['', '', '', 'HONORER', 'T.01', '2'], ['postKind']],
		[['Perawat', 'rsud', '', '', 'T.01', '2'], ['unitKind']],
		[['Perawat', '', '', '', 'T.99', '2'], ['competency']],
		[['Perawat', '', '', '', 'T.01', '6'], ['levelAsked']],
		[['Perawat', '', '', '', 'T.01', ''], ['levelAsked']],
		[['Perawat', '', '', '', 'SEMUA', '0'], ['zeroForOne']]
	])('%j: %j', (cells, codes) => {
		const read = readStandards(
			[
				{ row: 1, cells: [...STANDARD_COLUMNS] },
				{ row: 2, cells }
			],
			known
		);
		expect(read.problems.map(({ code }) => code.replace('competencies.sheet.', ''))).toEqual(codes);
	});

	test('the same posts and competency twice', () => {
		const cells = ['Perawat', '', '', '', 'T.01', '2'];
		const read = readStandards(
			[
				{ row: 1, cells: [...STANDARD_COLUMNS] },
				{ row: 2, cells },
				{ row: 3, cells: ['PERAWAT', ...cells.slice(1)] }
			],
			known
		);
		expect(read.problems).toMatchObject([
			{ row: 3, code: 'competencies.sheet.ruleTwice', params: { row: 2 } }
		]);
	});
});
