import type { CivilDate } from '#kernel/time.ts';
import {
	checkedRow,
	personLabel,
	readNipCell,
	rowReader,
	type CheckedRow,
	type Column,
	type FileShape,
	type Sheet
} from '#slices/people/public.server.ts';
import {
	DAY_AND_REPORT,
	dayIn,
	foldCompetency,
	levelIn,
	NAME,
	NIP,
	referenceIn,
	type AssessmentData,
	type KnownCompetencies
} from './check-assessment.ts';

/**
 * The eight managerial competencies and the sociocultural one, as assessment centres head their columns.
 * @law PermenPANRB 38/2017; columns of domain.md §6.1
 */
const MEASURED = [
	{ code: 'M.01', column: 'integritas', also: ['integrity'] },
	{ code: 'M.02', column: 'kerja_sama', also: ['collaboration', 'kerja_sama_tim'] },
	{ code: 'M.03', column: 'komunikasi', also: ['communication'] },
	{ code: 'M.04', column: 'orientasi_pada_hasil', also: ['orientasi_hasil', 'results_orientation'] },
	{ code: 'M.05', column: 'pelayanan_publik', also: ['public_service'] },
	{
		code: 'M.06',
		column: 'pengembangan_diri_dan_orang_lain',
		also: ['pengembangan_diri_&_orang_lain', 'pengembangan_diri', 'developing_self_and_others']
	},
	{ code: 'M.07', column: 'mengelola_perubahan', also: ['managing_change'] },
	{ code: 'M.08', column: 'pengambilan_keputusan', also: ['decision_making'] },
	{
		code: 'SK.01',
		column: 'perekat_bangsa',
		also: ['M.09', 'sosial_kultural', 'sosiokultural', 'national_cohesion']
	}
] as const;

/** "Level Integritas" and "Integritas Capaian" mean the level; "Integritas Standar" beside it is not read. */
const levelColumn = ({ code, column, also }: (typeof MEASURED)[number]): Column => {
	const said = [code, column, `${code} ${column}`, `${column} ${code}`, ...also];
	const words = ['level', 'capaian', 'nilai', 'skor', 'hasil'];
	return {
		name: column,
		also: [...said, ...said.flatMap((way) => words.flatMap((word) => [`${word} ${way}`, `${way} ${word}`]))]
	};
};

export const LEVEL_COLUMNS: readonly string[] = MEASURED.map(({ column }) => column);

/** The same results, a row a person and a column a competency. Columns of technical competencies are not known here. */
export const ASSESSMENT_SHEET: FileShape = {
	name: 'needs.assessmentSheet',
	keyColumn: 'nip',
	columns: [NIP, NAME, ...MEASURED.map(levelColumn), ...DAY_AND_REPORT],
	oneOf: { name: 'level_kompetensi', columns: LEVEL_COLUMNS }
};

/** What a centre writes where it measured nothing. */
const NOT_MEASURED = /^[-–—]?$/;

/**
 * Reads every row into a result for each column with a level. What is wrong with the row is said once, and nothing of it
 * is taken; a wrong level leaves the row's others alone, a formula that failed does not.
 */
export function* checkAssessmentSheet(
	sheet: Sheet,
	{ today, competencies }: { today: CivilDate; competencies: KnownCompetencies }
): Generator<CheckedRow<AssessmentData>> {
	const read = rowReader(sheet);
	for (const { row, cells } of sheet.rows) {
		const of = read(cells);
		const nip = readNipCell(of, 'nip', today)?.nip ?? null;
		const measuredOn = dayIn(of, today);
		const label = personLabel(of, 'nama', 'nip');
		const filled = MEASURED.filter((one) => !NOT_MEASURED.test(of.cell(one.column)));
		if (filled.length === 0)
			of.report(LEVEL_COLUMNS.find((column) => of.has(column)) ?? 'nip', 'needs.import.noLevels');
		if (of.wrong() || measuredOn === null) {
			yield checkedRow<AssessmentData>(of, row, { label, ids: { external_id: null, nip }, data: null });
			continue;
		}
		for (const measured of filled) {
			const part = read(cells);
			const { code, column } = measured;
			const level = levelIn(part, column);
			const competencyId = competencies.get(foldCompetency(code)) ?? null;
			if (competencyId === null) part.report(column, 'needs.import.unknownCompetency');
			yield checkedRow(part, row, {
				label: [label, code].filter(Boolean).join(' · '),
				ids: { external_id: null, nip },
				data:
					competencyId !== null && level !== null
						? {
								source: 'assessment',
								competency_id: competencyId,
								level,
								measured_on: measuredOn,
								reference: referenceIn(part)
							}
						: null
			});
		}
	}
}
