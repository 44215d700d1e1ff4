import { yearOf, type CivilDate } from '#kernel/time.ts';
import {
	PREDICATE_NAMES,
	predicateOf,
	readPeriod,
	readPredicate,
	readRating,
	type Predicate,
	type Rating
} from '../performance.ts';
import { checkedRow, rowReader, type CheckedRow, type RowReader } from './problem.ts';
import { personLabel, readNipCell, readYear } from './read-cell.ts';
import type { FileShape } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** Performance predicates (SKP, e-Kinerja). @law PermenPANRB 6/2022 */
export const PERFORMANCE: FileShape = {
	name: 'performance',
	keyColumn: 'nip',
	columns: [
		{ name: 'nip', required: true, also: ['nip_baru', 'nip_pegawai'] },
		{ name: 'nama', also: ['nama_pegawai', 'nama_lengkap'] },
		{ name: 'tahun', required: true, also: ['tahun_skp', 'tahun_penilaian', 'tahun_kinerja'] },
		{ name: 'periode', also: ['periode_penilaian', 'periodik'] },
		{ name: 'hasil_kerja', also: ['rating_hasil_kerja', 'hasil_kinerja_nilai', 'nilai_hasil_kerja'] },
		{ name: 'perilaku', also: ['rating_perilaku', 'perilaku_kerja', 'perilaku_kerja_nilai'] },
		{
			name: 'predikat',
			also: ['predikat_kinerja', 'predikat_kinerja_pegawai', 'kuadran_kinerja_nilai', 'kuadran_kinerja']
		}
	]
};

export type PerformanceData = {
	nip: string;
	year: number;
	period: string;
	work: Rating | null;
	behaviour: Rating | null;
	predicate: Predicate;
};

/** A predicate that contradicts the two ratings is kept as the file says it, with a warning; a missing one follows. */
export function* checkPerformance(
	sheet: Sheet,
	{ today }: { today: CivilDate }
): Generator<CheckedRow<PerformanceData>> {
	const read = rowReader(sheet);
	for (const { row, cells } of sheet.rows) {
		const of = read(cells);
		const nip = readNipCell(of, 'nip', today);
		const year = readYear(of, 'tahun', 2015, yearOf(today));
		const period = readPeriod(of.cell('periode'));
		if (period === null) of.report('periode', 'people.import.unknownPeriod');
		const work = rating(of, 'hasil_kerja');
		const behaviour = rating(of, 'perilaku');
		const predicate = predicateIn(of, work, behaviour);
		yield checkedRow(of, row, {
			label: [personLabel(of, 'nama', 'nip'), of.cell('tahun')].filter(Boolean).join(' · '),
			ids: { external_id: null, nip: nip?.nip ?? null },
			data:
				nip && year && period && predicate ? { nip: nip.nip, year, period, work, behaviour, predicate } : null
		});
	}
}

function rating(of: RowReader, column: string): Rating | null {
	const found = readRating(of.cell(column));
	if (found === null && of.cell(column) !== '') of.report(column, 'people.import.unknownRating');
	return found;
}

function predicateIn(of: RowReader, work: Rating | null, behaviour: Rating | null): Predicate | null {
	const given = readPredicate(of.cell('predikat'));
	const follows = work && behaviour && predicateOf(work, behaviour);
	if (of.cell('predikat') === '') {
		if (!follows) of.report('predikat', 'people.import.emptyCell');
		return follows;
	}
	if (given === null) of.report('predikat', 'people.import.unknownPredicate');
	else if (follows && follows !== given)
		of.warn('predikat', 'people.import.predicateContradicts', { predicate: PREDICATE_NAMES[follows] });
	return given;
}
