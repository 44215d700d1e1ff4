import { yearOf, type CivilDate } from '#kernel/time.ts';
import { educationOf } from './people-words.ts';
import { checkedRow, rowReader, type CheckedRow } from './problem.ts';
import { personLabel, readNipCell, readYear } from './read-cell.ts';
import type { FileShape } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** Education history (riwayat pendidikan). Schools and numbers of diplomas are not needed, so they are not kept. */
export const EDUCATION: FileShape = {
	name: 'education',
	keyColumn: 'nip',
	columns: [
		{ name: 'nip', required: true, also: ['nip_baru', 'nip_pegawai'] },
		{ name: 'nama', also: ['nama_pegawai', 'nama_lengkap'] },
		{
			name: 'tingkat_pendidikan_nama',
			required: true,
			also: ['tingkat_pendidikan', 'jenjang', 'jenjang_pendidikan', 'tk_pendidikan']
		},
		{ name: 'pendidikan_nama', also: ['jurusan', 'program_studi', 'prodi', 'nama_pendidikan'] },
		{ name: 'tahun_lulus', also: ['thn_lulus', 'lulus_tahun', 'tahun_kelulusan'] }
	]
};

export type EducationData = { nip: string; level: string; study: string; graduated: number | null };

/** From the lowest to the highest, in the short form of office lists; a profession is read after S1 and counted above it. */
export const EDUCATION_LEVELS = [
	'SD',
	'SMP',
	'SMA',
	'D1',
	'D2',
	'D3',
	'D4',
	'S1',
	'Profesi',
	'S2',
	'S3'
] as const;

export function* checkEducation(
	sheet: Sheet,
	{ today }: { today: CivilDate }
): Generator<CheckedRow<EducationData>> {
	const read = rowReader(sheet);
	for (const { row, cells } of sheet.rows) {
		const of = read(cells);
		const nip = readNipCell(of, 'nip', today);
		const level = educationOf(of.cell('tingkat_pendidikan_nama'));
		if (level === null) of.report('tingkat_pendidikan_nama', 'people.import.emptyCell');
		else if (!EDUCATION_LEVELS.some((known) => known === level))
			of.report('tingkat_pendidikan_nama', 'people.import.unknownEducation');
		const graduated = of.cell('tahun_lulus') === '' ? null : readYear(of, 'tahun_lulus', 1940, yearOf(today));
		if (nip && graduated !== null && graduated - yearOf(nip.birthDate) < 10)
			of.report('tahun_lulus', 'people.import.graduatedTooYoung', {
				born: String(yearOf(nip.birthDate))
			});
		const study = of.cell('pendidikan_nama').slice(0, 200);
		yield checkedRow(of, row, {
			label: personLabel(of, 'nama', 'nip'),
			ids: { external_id: null, nip: nip?.nip ?? null },
			data: nip && level !== null ? { nip: nip.nip, level, study, graduated } : null
		});
	}
}
