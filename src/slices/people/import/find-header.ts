import { bestHeader, betterHeader, type HeaderReading } from './columns.ts';
import { allShapes, NOTHING_LEARNED, type FileShape, type Learned } from './shape.ts';

/** A row as a file holds it; `row` is its number as a spreadsheet shows it. */
export type FileRow = { row: number; cells: string[] };

/** Title rows may stand above the header. */
export const HEADER_WITHIN = 11;

/** How a file is to be read: which kinds it may be, and what its headers were said to mean. */
export type Reading = { shapes: readonly FileShape[]; learned: Learned };
export const usualReading = (): Reading => ({ shapes: allShapes(), learned: NOTHING_LEARNED });

/** `at`: place of the header's last line among the rows. */
export type FoundHeader = { at: number; reading: HeaderReading };

/**
 * The header found in the first rows; null when no row names two columns of a kind. It may take two lines, the upper
 * one merged over several columns ("Jabatan" over "Nama" and "TMT").
 */
export function findHeader(
	rows: readonly FileRow[],
	{ shapes, learned }: Reading = usualReading()
): FoundHeader | null {
	let best: FoundHeader | null = null;
	const consider = (at: number, cells: readonly (string | readonly string[])[]) => {
		const reading = bestHeader(cells, learned, shapes);
		if (!reading || reading.kept.length < Math.min(2, reading.shape.columns.length)) return;
		if (best === null || betterHeader(best.reading, reading) === reading) best = { at, reading };
	};
	const within = rows.slice(0, HEADER_WITHIN);
	within.forEach(({ cells }, at) => consider(at, cells));
	within.slice(1).forEach(({ cells }, at) => {
		const upper = within[at]?.cells ?? [];
		if (upper.filter((cell) => cell.trim() !== '').length > 1) consider(at + 1, twoLines(upper, cells));
	});
	return best;
}

/** Every column's ways of being said when one row stands over another; a merged cell holds its text in its first place. */
function twoLines(upper: readonly string[], lower: readonly string[]): string[][] {
	let over = '';
	return Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
		const [above, below] = [upper[at]?.trim() ?? '', lower[at]?.trim() ?? ''];
		if (above !== '') over = above;
		if (below === '') {
			over = '';
			return [above];
		}
		return over === '' ? [below] : [`${over} ${below}`, `${below} ${over}`, below];
	});
}
