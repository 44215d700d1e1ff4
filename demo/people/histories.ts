import { randomFor } from '../random.ts';
import { yearOf } from './calendar.ts';
import type { Agency } from './model.ts';
import type { Table } from './siasn.ts';

/** Highest schooling of everybody, as SIASN's education history has it; the school is there to be dropped. */
export const educationTable = (agency: Agency): Table => ({
	header: ['NIP', 'NAMA', 'TINGKAT PENDIDIKAN NAMA', 'PENDIDIKAN NAMA', 'TAHUN LULUS', 'NAMA SEKOLAH'],
	rows: agency.people.map(({ nip, name, education }) => [
		nip,
		name,
		education.levelName,
		education.name,
		String(education.graduated),
		education.school
	])
});

const YEARS = [2024, 2025] as const;
const WORDS = ['Di atas ekspektasi', 'Sesuai ekspektasi', 'Di bawah ekspektasi'] as const;
const PREDICATES = [
	['Sangat Baik', 'Baik', 'Kurang'],
	['Baik', 'Baik', 'Kurang'],
	['Butuh Perbaikan', 'Butuh Perbaikan', 'Sangat Kurang']
] as const;

/**
 * Performance predicates of the last years, as e-Kinerja gives them: about one in eight above in both, one in twenty
 * below what was expected. Who was below is more often below again.
 */
export function performanceTable(agency: Agency): Table {
	const random = randomFor(agency.seed, agency.key, 'performance');
	const rows: string[][] = [];
	for (const { nip, name, appointed, postKind } of agency.people) {
		const [able, kind] = [random.next(), random.next()];
		for (const year of YEARS) {
			// Functional posts came to e-Kinerja a year later, which also keeps the first start short.
			if (yearOf(appointed) > year || (year === YEARS[0] && postKind === 'functional')) continue;
			const work = level(able * 0.7 + random.next() * 0.3, 0.09, 0.82);
			const behaviour = level(kind * 0.7 + random.next() * 0.3, 0.05, 0.72);
			rows.push([
				nip,
				name,
				String(year),
				'Tahunan',
				WORDS[work],
				WORDS[behaviour],
				PREDICATES[work][behaviour]
			]);
		}
	}
	return {
		header: ['NIP', 'NAMA', 'TAHUN', 'PERIODE', 'HASIL KERJA', 'PERILAKU KERJA', 'PREDIKAT KINERJA'],
		rows
	};
}

const level = (value: number, below: number, above: number): 0 | 1 | 2 =>
	value < below ? 2 : value > above ? 0 : 1;
