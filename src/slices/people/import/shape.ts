/** One column that a kind of file may bring. */
export type Column = {
	name: string;
	required?: true;
	/** Spreadsheets may hold it as a day number. */
	date?: true;
	/** An identifier: a spreadsheet that took it for a number has spoilt it. */
	id?: true;
	/** Other headers that mean it. */
	also?: readonly string[];
};

/**
 * What a kind of file looks like. Its columns are the only ones that Asah keeps; everything else in a file (NIK, NPWP,
 * religion, marital status, phone, address …) is dropped cell by cell while the file is read, and reaches neither the
 * database nor a log.
 * @law UU 27/2022 (PDP): no more personal data than the purpose needs; columns of domain.md §10.5
 */
export type FileShape = {
	/** As it is stored and addressed: `people`; of another room `credentials.trainings`. */
	name: string;
	columns: readonly Column[];
	/** The column that every row fills: a row without it is a total, a signature or wrong. */
	keyColumn: string;
	/** Columns of which a file has at least one; `name` is what is said to be missing where it has none. */
	oneOf?: { name: string; columns: readonly string[] };
};

const shapes = new Map<string, FileShape>();

/** Makes a kind of file readable; later ones lose ties. The same name again replaces the shape. */
export function addShape(shape: FileShape): void {
	shapes.set(shape.name, shape);
}

export const shapeNamed = (name: string): FileShape | undefined => shapes.get(name);
export const allShapes = (): readonly FileShape[] => [...shapes.values()];

/** 'NIP BARU', 'nip_baru' and 'NipBaru' are one header. */
export const foldHeader = (header: string): string =>
	header
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
		.slice(0, 200);

/** What an agency once said that headers mean: kind → folded header → column. */
export type Learned = ReadonlyMap<string, ReadonlyMap<string, string>>;
export const NOTHING_LEARNED: Learned = new Map();
