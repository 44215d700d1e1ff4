import { parse } from 'csv-parse/sync';

const COLUMNS = [
	'unit',
	'year',
	'half',
	'respondents',
	'u1',
	'u2',
	'u3',
	'u4',
	'u5',
	'u6',
	'u7',
	'u8',
	'u9',
	'source'
];
const number = (text: string | undefined): number | string | undefined =>
	text === undefined || text === '' || Number.isNaN(Number(text.replace(',', '.')))
		? text
		: Number(text.replace(',', '.'));

/**
 * Lines of a sheet of survey results: unit, tahun, semester (0 for the whole year), responden, U1 … U9, sumber, in this
 * order; commas, semicolons or tabs. A first line without a year is a heading. What is no figure stays a word, so that
 * the shape says so.
 */
export function serviceRowsOf(text: string): unknown[] {
	const clean = text.replace(/^\uFEFF/, '');
	const first = clean.split('\n', 1)[0] ?? '';
	const delimiter = ['\t', ';', ','].find((one) => first.includes(one)) ?? ',';
	const lines: string[][] = parse(clean, {
		delimiter,
		relax_column_count: true,
		skip_empty_lines: true,
		trim: true
	});
	return lines.flatMap((cells, at) => {
		if (at === 0 && Number.isNaN(Number(cells[1]))) return [];
		const cell = (name: string) => cells[COLUMNS.indexOf(name)];
		return [
			{
				line: at + 1,
				unit: cell('unit') ?? '',
				year: number(cell('year')),
				half: number(cell('half')),
				respondents: number(cell('respondents')),
				scores: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((element) => number(cell(`u${element}`))),
				source: cell('source') ?? ''
			}
		];
	});
}
