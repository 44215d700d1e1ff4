import { postKindOf, postLevelOf } from '#kernel/posts.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { KnownUnits } from './check-people.ts';
import { checkedRow, rowReader, type CheckedRow, type RowReader } from './problem.ts';
import { personLabel, readDate, readNipCell } from './read-cell.ts';
import type { FileShape } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** Post history (riwayat jabatan): the posts before the one of today. */
export const POSTS: FileShape = {
	name: 'posts',
	keyColumn: 'nip',
	columns: [
		{ name: 'nip', required: true, also: ['nip_baru', 'nip_pegawai'] },
		{ name: 'nama', also: ['nama_pegawai', 'nama_lengkap'] },
		{ name: 'jenis_jabatan_id', required: true },
		{ name: 'jabatan_nama', required: true, also: ['nama_jabatan', 'jabatan'] },
		{ name: 'tmt_jabatan', required: true, date: true, also: ['tmt'] },
		{
			name: 'tmt_akhir',
			date: true,
			also: ['sampai', 'tmt_selesai', 'tanggal_selesai', 'tmt_akhir_jabatan']
		},
		{ name: 'eselon_id' },
		{ name: 'unor_id', required: true, id: true },
		{ name: 'unor_nama', also: ['unit_kerja', 'unit_organisasi', 'nama_unor'] }
	]
};

export type PostData = {
	nip: string;
	title: string;
	kind: string;
	level: string;
	valid_from: CivilDate;
	valid_to: CivilDate | null;
	unit: string;
};

export function* checkPosts(
	sheet: Sheet,
	{ today, units }: { today: CivilDate; units: KnownUnits }
): Generator<CheckedRow<PostData>> {
	const read = rowReader(sheet);
	for (const { row, cells } of sheet.rows) {
		const of = read(cells);
		const nip = readNipCell(of, 'nip', today);
		const post = readPost(of, today, units);
		yield checkedRow(of, row, {
			label: [personLabel(of, 'nama', 'nip'), of.cell('tmt_jabatan')].filter(Boolean).join(' · '),
			ids: { external_id: null, nip: nip?.nip ?? null },
			data: nip && post ? { nip: nip.nip, ...post } : null
		});
	}
}

function readPost(of: RowReader, today: CivilDate, units: KnownUnits): Omit<PostData, 'nip'> | null {
	// Spreadsheets make '04' and '4.0' of the same id.
	const kindId = of.cell('jenis_jabatan_id').replace(/^0+(?=\d)|\.0+$/g, '');
	const kind = postKindOf(kindId);
	if (!kind)
		of.report(
			'jenis_jabatan_id',
			kindId === '' ? 'people.import.emptyCell' : 'people.import.unknownPostKind'
		);
	const title = of.cell('jabatan_nama').slice(0, 300);
	if (title === '') of.report('jabatan_nama', 'people.import.emptyCell');
	const from = readDate(of, 'tmt_jabatan');
	if (from && from > today) of.report('tmt_jabatan', 'people.import.futureDate');
	const to = readDate(of, 'tmt_akhir', false);
	if (from && to && to <= from) of.report('tmt_akhir', 'people.import.endBeforeStart');
	const unit = units.get(of.id('unor_id'));
	if (!unit)
		of.report('unor_id', of.id('unor_id') === '' ? 'people.import.emptyCell' : 'people.import.unknownUnit', {
			unit: of.cell('unor_nama') || '–'
		});
	if (!kind || !from || !unit || title === '') return null;
	const echelonId = of.cell('eselon_id').replace(/\.0+$/, '') || unit.echelon;
	const level = postLevelOf({ kind, title, echelonId });
	if (!level) of.report('jabatan_nama', `people.import.unknownLevel.${kind}`);
	return level && { title, kind, level, valid_from: from, valid_to: to, unit: of.id('unor_id') };
}
