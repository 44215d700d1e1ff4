import type { CivilDate } from '#kernel/time.ts';
import { latihanStrukturalId } from './leadership.ts';

/** A record of the ledger with all that SIASN asks of it. */
export type HandedOver = {
	entryId: string;
	/** SIASN's `pns_id`. */
	personExternalId: string | null;
	nip: string;
	name: string;
	form: string;
	/** SIASN's `jenis_diklat` of the form. */
	kindId: number;
	title: string;
	provider: string;
	number: string;
	startsOn: CivilDate;
	endsOn: CivilDate;
	year: number;
	learningHours: number;
	/** KL01 alone: for which level of post. */
	leadershipLevel: string | null;
};

export const LACKS = ['person', 'number', 'provider', 'leadership', 'hours'] as const;
export type Lack = (typeof LACKS)[number];

/** What SIASN would refuse the record for; empty: it can be handed over. */
export function lacksOf(record: HandedOver): Lack[] {
	const lacks: Record<Lack, boolean> = {
		person: record.personExternalId === null,
		number: record.number.trim() === '',
		provider: record.provider.trim() === '',
		leadership: record.form === 'KL01' && record.leadershipLevel === null,
		// SIASN counts whole hours.
		hours: record.learningHours < 1
	};
	return LACKS.filter((lack) => lacks[lack]);
}

/** Structural training goes to `/diklat/save`, everything else to `/kursus/save`. */
export type Shape = 'diklat' | 'kursus';
export const shapeOf = (form: string): Shape => (form === 'KL01' ? 'diklat' : 'kursus');

/** Columns in the order of the payloads; what only SIASN can fill stays empty. @see domain.md §10.6 */
export const SIASN_COLUMNS = {
	kursus: [
		'id',
		'instansiId',
		'institusiPenyelenggara',
		'jenisDiklatId',
		'jenisKursus',
		'jenisKursusSertipikat',
		'jumlahJam',
		'lokasiId',
		'namaKursus',
		'nomorSertipikat',
		'path',
		'pnsOrangId',
		'tahunKursus',
		'tanggalKursus',
		'tanggalSelesaiKursus'
	],
	diklat: [
		'bobot',
		'id',
		'institusiPenyelenggara',
		'jenisKompetensi',
		'jumlahJam',
		'latihanStrukturalId',
		'nomor',
		'path',
		'pnsOrangId',
		'tahun',
		'tanggal',
		'tanggalSelesai'
	]
} as const satisfies Record<Shape, readonly string[]>;

const dayFirst = (date: CivilDate): string => date.split('-').toReversed().join('-');

/** F functional, T technical, P any other. */
const certificateKind = (form: string): string => (form === 'KL04' ? 'F' : form === 'KL03' ? 'T' : 'P');

/** The record in SIASN's names, as it goes into the file and stays with the batch. Its lacks are empty. */
export function siasnRow(record: HandedOver): Record<string, string> {
	const hours = String(Math.floor(record.learningHours));
	const person = record.personExternalId ?? '';
	if (shapeOf(record.form) === 'diklat')
		return {
			institusiPenyelenggara: record.provider,
			jumlahJam: hours,
			latihanStrukturalId: latihanStrukturalId(record.leadershipLevel ?? '') ?? '',
			nomor: record.number,
			pnsOrangId: person,
			tahun: String(record.year),
			tanggal: dayFirst(record.startsOn),
			tanggalSelesai: dayFirst(record.endsOn)
		};
	return {
		institusiPenyelenggara: record.provider,
		jenisDiklatId: String(record.kindId),
		jenisKursusSertipikat: certificateKind(record.form),
		jumlahJam: hours,
		namaKursus: record.title,
		nomorSertipikat: record.number,
		pnsOrangId: person,
		tahunKursus: String(record.year),
		tanggalKursus: dayFirst(record.startsOn),
		tanggalSelesaiKursus: dayFirst(record.endsOn)
	};
}

/** The cells of a row in the order of its shape's columns. */
export const cellsOf = (shape: Shape, row: Record<string, string>): string[] =>
	SIASN_COLUMNS[shape].map((column) => row[column] ?? '');

export const BATCH_STATUS = ['made', 'sent', 'taken_back'] as const;
export type BatchStatus = (typeof BATCH_STATUS)[number];

/** A batch that was sent by mistake can still be taken back; then its records may go again. */
export const BATCH_NEXT: Record<BatchStatus, readonly BatchStatus[]> = {
	made: ['sent', 'taken_back'],
	sent: ['taken_back'],
	taken_back: []
};

export function batchStatus(text: string): BatchStatus {
	const found = BATCH_STATUS.find((status) => status === text);
	if (found === undefined) throw new RangeError(`unknown batch status ${text}`);
	return found;
}

/** Most records in one batch: a file that a person can still look through, made while they wait. */
export const MOST_IN_BATCH = 2000;
