import type { CivilDate } from '#kernel/time.ts';
import {
	checkedRow,
	personLabel,
	readDate,
	readNipCell,
	rowReader,
	type CheckedRow,
	type Column,
	type FileShape,
	type RowReader,
	type Sheet
} from '#slices/people/public.server.ts';

/** Columns that say of whom, of which day and from which report a result is, however levels are written. */
export const NIP: Column = {
	name: 'nip',
	required: true,
	id: true,
	also: ['nip_baru', 'nip_pegawai', 'nip_peserta']
};
export const NAME: Column = { name: 'nama', also: ['nama_pegawai', 'nama_lengkap', 'nama_peserta'] };
export const DAY_AND_REPORT: readonly Column[] = [
	{
		name: 'tanggal_asesmen',
		required: true,
		date: true,
		also: ['tanggal', 'tgl_asesmen', 'tanggal_penilaian', 'tanggal_pelaksanaan', 'tgl_pelaksanaan']
	},
	{ name: 'nomor_laporan', also: ['no_laporan', 'nomor_surat', 'referensi', 'laporan'] },
	{
		name: 'lembaga',
		also: ['lembaga_asesor', 'penyelenggara', 'lembaga_penyelenggara', 'institusi', 'asesor']
	},
	{ name: 'metode', also: ['metode_asesmen', 'jenis_asesmen', 'metode_penilaian'] }
];

/** Results of an assessment centre, a row a person and competency (domain.md §6.1). What advice it gives is not kept. */
export const ASSESSMENT: FileShape = {
	name: 'needs.assessment',
	keyColumn: 'nip',
	columns: [
		NIP,
		NAME,
		{
			name: 'kode_kompetensi',
			required: true,
			also: ['kompetensi', 'nama_kompetensi', 'kode_komp', 'competency_code']
		},
		{
			name: 'level',
			required: true,
			also: ['level_capaian', 'level_kompetensi', 'capaian_level', 'level_hasil', 'nilai_level', 'tingkat']
		},
		...DAY_AND_REPORT
	]
};

export type AssessmentData = {
	source: 'assessment';
	competency_id: string;
	/** 0 to 5, two decimals. */
	level: number;
	measured_on: CivilDate;
	reference: string;
};

/** Code or name as folded by `foldCompetency` → competency. */
export type KnownCompetencies = ReadonlyMap<string, string>;

/** 'M.05', 'm05' and 'M 05' are one code; names are compared likewise. */
export const foldCompetency = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const LONGEST_REFERENCE = 200;
/** Proper name, for files that say nothing of report, institution or method: what is looked up is the centre's result. */
const UNNAMED = 'Assessment Center';

/** Reads every row and names everything wrong with it. Pure: whose NIP it is, and what stands already, the database says. */
export function* checkAssessment(
	sheet: Sheet,
	{ today, competencies }: { today: CivilDate; competencies: KnownCompetencies }
): Generator<CheckedRow<AssessmentData>> {
	const read = rowReader(sheet);
	for (const { row, cells } of sheet.rows) {
		const of = read(cells);
		const nip = readNipCell(of, 'nip', today)?.nip ?? null;
		const competencyId = competencyIn(of, competencies);
		const level = levelIn(of, 'level');
		const measuredOn = dayIn(of, today);
		yield checkedRow(of, row, {
			label: [personLabel(of, 'nama', 'nip'), of.cell('kode_kompetensi')].filter(Boolean).join(' · '),
			ids: { external_id: null, nip },
			data:
				competencyId !== null && level !== null && measuredOn !== null
					? {
							source: 'assessment',
							competency_id: competencyId,
							level,
							measured_on: measuredOn,
							reference: referenceIn(of)
						}
					: null
		});
	}
}

function competencyIn(of: RowReader, competencies: KnownCompetencies): string | null {
	const text = of.cell('kode_kompetensi');
	const found = competencies.get(foldCompetency(text)) ?? null;
	if (found === null)
		of.report('kode_kompetensi', text === '' ? 'people.import.emptyCell' : 'needs.import.unknownCompetency');
	return found;
}

/** The day of the assessment, which has come. */
export function dayIn(of: RowReader, today: CivilDate): CivilDate | null {
	const day = readDate(of, 'tanggal_asesmen');
	if (day !== null && day > today) of.report('tanggal_asesmen', 'needs.import.future', { date: day });
	return day;
}

/** A figure, with a comma or a point; a spreadsheet's mean has more decimals than anybody measured. */
export function levelIn(of: RowReader, column: string): number | null {
	const text = of.cell(column);
	const level = /^\d+([.,]\d+)?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) / 100 : NaN;
	if (level >= 0 && level <= 5) return level;
	of.report(column, text === '' ? 'people.import.emptyCell' : 'needs.import.level');
	return null;
}

/** Report, institution and method: where the result can be looked up. */
export const referenceIn = (of: RowReader): string =>
	['nomor_laporan', 'lembaga', 'metode']
		.map((column) => of.cell(column))
		.filter(Boolean)
		.join(' · ')
		.slice(0, LONGEST_REFERENCE)
		.trim() || UNNAMED;
