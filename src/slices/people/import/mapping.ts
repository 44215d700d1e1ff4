import { readHeader } from './columns.ts';
import { HEADER_WITHIN, type FileRow } from './find-header.ts';
import { allShapes, foldHeader, type FileShape, type Learned } from './shape.ts';

/** One column of a file whose headers nobody knows. Of a column that may not be kept nothing is shown. */
export type UnknownColumn = {
	header: string;
	folded: string;
	/** Its first values, to recognise it by; they go to the screen and nowhere else. */
	samples: string[];
	/** May it be one of ours at all? */
	allowed: boolean;
	/** The column of ours that it is already known to be. */
	means: string | null;
};
export type MappingAsked = { kind: string; headerRow: number; columns: UnknownColumn[]; missing: string[] };

/** Words in headers of data that Asah must not have. @law UU 27/2022; domain.md §9 */
const NEVER =
	/(^|[^a-z])(nik|ktp|kk|npwp|bpjs|agama|kawin|nikah|alamat|telepon|telp|hp|handphone|whatsapp|wa|rekening|bank|gaji|ibu|ayah|anak|pasangan|suami|istri|karpeg|taspen|darah|foto|tempat lahir)([^a-z]|$)/;
const NEVER_FOLDED =
	/^(nomorhp|nohp|nomortelepon|notelp|emailpribadi|email|jeniskawin.*|agama.*|npwp.*|tempatlahir.*|isvalidnik|kartuasnvirtual)$/;
/** Values that tell such data whatever the header says: NIK (16 digits), NPWP, phone numbers, private e-mail. */
const NEVER_VALUE =
	/^(\d{16}|\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}|(\+?62|0)8\d{7,12}|.*@(gmail|yahoo|hotmail|outlook)\..*)$/i;

export const mayBeKept = (header: string, values: readonly string[]): boolean =>
	!NEVER.test(header.toLowerCase().replace(/[_.-]+/g, ' ')) &&
	!NEVER_FOLDED.test(foldHeader(header)) &&
	!values.some((value) => NEVER_VALUE.test(value.replace(/\s/g, '')));

/**
 * What a person is asked when no header was recognised, or columns are missing: which column of the file is which of
 * ours. The header is taken to be the first of the fullest rows; the kind, unless it is said, the one it is nearest to.
 */
export function askMapping(top: readonly FileRow[], learned: Learned, kind?: string): MappingAsked {
	const within = top.slice(0, HEADER_WITHIN);
	const filled = ({ cells }: FileRow) =>
		new Set(cells.map(foldHeader).filter((cell) => /[a-z]/.test(cell))).size;
	const most = Math.max(...within.map(filled));
	const at = within.findIndex((row) => filled(row) >= Math.max(1, most * 0.8));
	const header = within[Math.max(0, at)] ?? { row: 1, cells: [] };
	const shape = nearest(header.cells, learned, kind);
	const { kept, missing } = readHeader(shape, header.cells, learned);
	const below = top.slice(at + 1);
	const seen = new Set<string>();
	const columns = header.cells.flatMap((cell, place): UnknownColumn[] => {
		const folded = foldHeader(cell);
		if (folded === '' || seen.has(folded)) return [];
		seen.add(folded);
		const values = below.map(({ cells }) => cells[place]?.trim() ?? '').filter((value) => value !== '');
		const means = kept.find((column) => column.at === place)?.name ?? null;
		const allowed = means !== null || mayBeKept(cell, values);
		const samples = allowed ? [...new Set(values)].slice(0, 3).map((value) => value.slice(0, 60)) : [];
		return [{ header: cell.trim().slice(0, 80), folded, samples, allowed, means }];
	});
	return { kind: shape.name, headerRow: header.row, columns, missing };
}

/** Has the file fewer columns than any kind must bring, so that no pairing could help? A letter has one. */
export function tooFewColumns({ columns }: Pick<MappingAsked, 'columns'>, kind?: string): boolean {
	const shapes = allShapes().filter(({ name }) => kind === undefined || name === kind);
	const needed = shapes.map((shape) => shape.columns.filter(({ required }) => required).length);
	return columns.length < Math.max(2, Math.min(...needed));
}

function nearest(cells: readonly string[], learned: Learned, kind: string | undefined): FileShape {
	const shapes = allShapes();
	const said = shapes.find(({ name }) => name === kind);
	const ranked = shapes
		.map((shape) => ({ shape, kept: readHeader(shape, cells, learned).kept.length / shape.columns.length }))
		.toSorted((a, b) => b.kept - a.kept);
	const found = said ?? ranked[0]?.shape;
	if (!found) throw new Error('no kind of file is known');
	return found;
}

/** What was chosen, as headers that the agency will be understood by from now on. Twice the same column is a slip. */
export function chosenMapping(chosen: Readonly<Record<string, string>>): {
	learned: Record<string, string>;
	twice: string | null;
} {
	const pairs = Object.entries(chosen).filter(([header, column]) => header !== '' && column !== '');
	const columns = pairs.map(([, column]) => column);
	return {
		learned: Object.fromEntries(pairs),
		twice: columns.find((column, at) => columns.indexOf(column) !== at) ?? null
	};
}
