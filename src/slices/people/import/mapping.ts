import { readHeader } from './columns.ts';
import { HEADER_WITHIN, type FileRow } from './find-header.ts';
import { allShapes, foldHeader, type Column, type FileShape, type Learned } from './shape.ts';

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

/** Words that half of all headers share, and that tell nothing. */
const COMMON = new Set(['nama', 'nomor', 'tanggal', 'jenis', 'tahun', 'id', 'data', 'pegawai', 'status']);
const SHORT: Readonly<Record<string, string>> = { no: 'nomor', tgl: 'tanggal', thn: 'tahun', jml: 'jumlah' };
const wordsOf = (header: string): Set<string> =>
	new Set(
		header
			.normalize('NFKD')
			.replace(/([a-z])([A-Z])/g, '$1 $2')
			.toLowerCase()
			.split(/[^a-z0-9]+/)
			.filter((word) => word !== '')
			.map((word) => SHORT[word] ?? word)
	);

/** How much a header speaks of a column, 0 to 1: of all words of both, those they share and that tell something; 1 when they are the same. */
function likeness(header: string, column: Column): number {
	const said = wordsOf(header);
	return Math.max(
		...[column.name, ...(column.also ?? [])].map((name) => {
			const words = wordsOf(name);
			if (said.size > 0 && said.symmetricDifference(words).size === 0) return 1;
			const shared = [...said].filter((word) => words.has(word) && !COMMON.has(word)).length;
			return shared / new Set([...said, ...words]).size;
		})
	);
}

const ALIKE = 0.5;
type Given = { cell: string; values: readonly string[] };

/**
 * Which column each header of a file may well be, for people to confirm: what is known, else 18 digits under any header
 * where the kind goes by NIP, else what it sounds like. Null where nothing suggests itself.
 */
function suggestions(shape: FileShape, given: readonly Given[], learned: Learned): (string | null)[] {
	const { kept } = readHeader(
		shape,
		given.map(({ cell }) => cell),
		learned
	);
	const means = given.map((_, place) => kept.find(({ at }) => at === place)?.name ?? null);
	const free = (name: string) => !means.includes(name);
	if (/^nip/.test(shape.keyColumn) && free(shape.keyColumn)) {
		const nip = given.findIndex(
			({ values }, at) =>
				means[at] === null &&
				values.length > 0 &&
				values.every((value) => /^\d{18}$/.test(value.replace(/[\s.'’`-]/g, '')))
		);
		if (nip >= 0) means[nip] = shape.keyColumn;
	}
	const pairs = given
		.flatMap(({ cell }, at) =>
			means[at] === null
				? shape.columns
						.filter(({ name }) => free(name))
						.map((column) => ({ at, name: column.name, like: likeness(cell, column) }))
				: []
		)
		.filter(({ like }) => like >= ALIKE)
		.toSorted((a, b) => b.like - a.like);
	for (const { at, name } of pairs) if (means[at] === null && free(name)) means[at] = name;
	return means;
}

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
	const below = top.slice(at + 1);
	const given = header.cells.map((cell, place) => ({
		cell,
		values: below.map(({ cells }) => cells[place]?.trim() ?? '').filter((value) => value !== '')
	}));
	const shape = nearest(given, learned, kind);
	const means = suggestions(shape, given, learned);
	const { missing } = readHeader(shape, header.cells, learned);
	const seen = new Set<string>();
	const columns = given.flatMap(({ cell, values }, place): UnknownColumn[] => {
		const folded = foldHeader(cell);
		if (folded === '' || seen.has(folded)) return [];
		seen.add(folded);
		const known = means[place] ?? null;
		const allowed = mayBeKept(cell, values) || (known !== null && readsAs(shape, cell, learned) === known);
		const samples = allowed ? [...new Set(values)].slice(0, 3).map((value) => value.slice(0, 60)) : [];
		return [{ header: cell.trim().slice(0, 80), folded, samples, allowed, means: allowed ? known : null }];
	});
	return { kind: shape.name, headerRow: header.row, columns, missing };
}

/** Has the file fewer columns than any kind must bring, so that no pairing could help? A letter has one. */
export function tooFewColumns({ columns }: Pick<MappingAsked, 'columns'>, kind?: string): boolean {
	const shapes = allShapes().filter(({ name }) => kind === undefined || name === kind);
	const needed = shapes.map((shape) => shape.columns.filter(({ required }) => required).length);
	return columns.length < Math.max(2, Math.min(...needed));
}

/** The column that a header alone is known to be. */
const readsAs = (shape: FileShape, cell: string, learned: Learned): string | null =>
	readHeader(shape, [cell], learned).kept[0]?.name ?? null;

/** The kind most of whose columns suggest themselves; required ones count twice, as no other kind has just these. */
function nearest(given: readonly Given[], learned: Learned, kind: string | undefined): FileShape {
	const shapes = allShapes();
	const said = shapes.find(({ name }) => name === kind);
	const score = (shape: FileShape): number => {
		const found = new Set(suggestions(shape, given, learned));
		return shape.columns.reduce(
			(sum, { name, required }) => sum + (found.has(name) ? (required ? 2 : 1) : 0),
			0
		);
	};
	const ranked = shapes
		.map((shape) => ({ shape, score: score(shape) }))
		.toSorted((a, b) => b.score - a.score);
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
