/** What a file may hold: the unit table (`ref-unor`) or people ("Export Data ASN"). */
export type ImportKind = 'units' | 'people';

type Column = { name: string; required?: true; date?: true; also?: readonly string[] };

/**
 * The only columns that Asah keeps. Everything else in a file (NIK, NPWP, religion, marital status, phone, address …)
 * is dropped cell by cell while the file is read, and reaches neither the database nor a log.
 * @law UU 27/2022 (PDP): no more personal data than the purpose needs; columns of domain.md §10.5
 */
const PEOPLE = [
	{ name: 'pns_id' },
	{ name: 'nip_baru', required: true, also: ['nip'] },
	{ name: 'nama', required: true },
	{ name: 'gelar_depan' },
	{ name: 'gelar_belakang' },
	{ name: 'tanggal_lahir', date: true },
	{ name: 'jenis_kelamin' },
	{ name: 'email_gov' },
	{ name: 'jenis_pegawai_nama' },
	{ name: 'kedudukan_hukum_nama' },
	{ name: 'status_cpns_pns' },
	{ name: 'gol_akhir_id' },
	{ name: 'gol_akhir_nama' },
	{ name: 'jenis_jabatan_id', required: true },
	{ name: 'jabatan_nama', required: true },
	{ name: 'tmt_jabatan', required: true, date: true },
	{ name: 'tingkat_pendidikan_nama' },
	{ name: 'unor_id', required: true },
	{ name: 'unor_nama' }
] as const satisfies readonly Column[];

const UNITS = [
	{ name: 'Id', required: true },
	{ name: 'DiatasanId', required: true },
	{ name: 'EselonId' },
	{ name: 'NamaUnor', required: true },
	{ name: 'NamaJabatan' },
	{ name: 'CepatKode' },
	{ name: 'IndukUnorId' },
	{ name: 'PemimpinPnsId' }
] as const satisfies readonly Column[];

export type PeopleColumn = (typeof PEOPLE)[number]['name'];
export type UnitColumn = (typeof UNITS)[number]['name'];

export const COLUMNS: Readonly<Record<ImportKind, readonly Column[]>> = { units: UNITS, people: PEOPLE };

/** The column that every row of a person or unit fills: a row without it is a total, a signature or wrong. */
export const KEY_COLUMN: Readonly<Record<ImportKind, string>> = { units: 'Id', people: 'nip_baru' };

/** 'NIP BARU', 'nip_baru' and 'NipBaru' are one header. */
const plain = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

const byHeader = (kind: ImportKind): ReadonlyMap<string, Column> =>
	new Map(
		COLUMNS[kind].flatMap((column) =>
			[column.name, ...(column.also ?? [])].map((text) => [plain(text), column])
		)
	);
const BY_HEADER: Readonly<Record<ImportKind, ReadonlyMap<string, Column>>> = {
	units: byHeader('units'),
	people: byHeader('people')
};

export type KeptColumn = { name: string; header: string; at: number; date: boolean };

/** A row read as a header: which columns of the kind it names, and where; the first of two equal headers counts. */
export type HeaderReading = {
	kind: ImportKind;
	kept: KeptColumn[];
	/** Headers, as typed, of columns that are not read. */
	dropped: string[];
	/** Required columns that it lacks. */
	missing: string[];
	/** Optional columns that it lacks. */
	absent: string[];
};

export function readHeader(kind: ImportKind, cells: readonly string[]): HeaderReading {
	const kept = new Map<string, KeptColumn>();
	const dropped: string[] = [];
	cells.forEach((cell, at) => {
		const header = cell.trim();
		const column = BY_HEADER[kind].get(plain(header));
		if (column && !kept.has(column.name))
			kept.set(column.name, { name: column.name, header, at, date: column.date === true });
		else if (header !== '') dropped.push(header.slice(0, 80));
	});
	const lacks = COLUMNS[kind].filter((column) => !kept.has(column.name));
	return {
		kind,
		kept: [...kept.values()],
		dropped,
		missing: lacks.filter((column) => column.required).map((column) => column.name),
		absent: lacks.filter((column) => !column.required).map((column) => column.name)
	};
}

/** The better of two header readings: more required columns, then more columns. */
export const betterHeader = (a: HeaderReading, b: HeaderReading): HeaderReading => {
	const score = (reading: HeaderReading) =>
		reading.kept.length - (100 * reading.missing.length) / COLUMNS[reading.kind].length;
	return score(b) > score(a) ? b : a;
};
