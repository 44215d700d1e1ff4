import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { dictionaryOn } from '#slices/competencies/public.server.ts';
import { recordKind, type FileShape, type ImportKind } from '#slices/people/public.server.ts';
import {
	ASSESSMENT,
	checkAssessment,
	foldCompetency,
	type KnownCompetencies
} from '../import/check-assessment.ts';
import { ASSESSMENT_SHEET, checkAssessmentSheet, LEVEL_COLUMNS } from '../import/check-assessment-sheet.ts';

/**
 * Results of assessment centres, for the import office: evidence that the next estimate weighs. One result a person,
 * competency and day; evidence is never updated, so a result that changed is taken away and written anew.
 */
const resultsKind = ({
	shape,
	label,
	check,
	competencies,
	levels
}: {
	shape: FileShape;
	label: string;
	check: typeof checkAssessment;
	/** Columns of the file that say which competency, and which level. */
	competencies: readonly string[];
	levels: readonly string[];
}): ImportKind => ({
	...recordKind({
		shape,
		label,
		fieldLabel: (field) => `needs.import.field.${field}`,
		shown: (field, value, inFigures) => (field === 'level' ? inFigures(Number(value)) : value),
		check: async (sheet, { tx, today }) =>
			check(sheet, { today, competencies: await competenciesOn(tx, today) }),
		table: 'needs.evidence',
		fields: [
			{ name: 'source', type: 'text', from: ['nip'] },
			{ name: 'competency_id', type: 'uuid', from: competencies },
			{ name: 'measured_on', type: 'date', from: ['tanggal_asesmen'] },
			{ name: 'level', type: 'numeric(3,2)', from: levels },
			{ name: 'reference', type: 'text', from: ['nomor_laporan', 'lembaga', 'metode'] }
		],
		identity: ['source', 'competency_id', 'measured_on'],
		write: {
			insert: (rows) => sql`insert into needs.evidence ${rows}`,
			remove: (rows) => sql`delete from needs.evidence t ${rows}`
		}
	}),
	subjects: sql`(select e.id, p.name || coalesce(' · ' || p.nip, '') || ' · ' || c.code as label, e.agency_id, '/needs/person/' || p.id as href
		from needs.evidence e
		join people.person p on p.agency_id = e.agency_id and p.id = e.person_id
		join competencies.competency c on c.agency_id = e.agency_id and c.id = e.competency_id)`
});

export const assessmentKind = resultsKind({
	shape: ASSESSMENT,
	label: 'needs.import.kind',
	check: checkAssessment,
	competencies: ['kode_kompetensi'],
	levels: ['level']
});

export const assessmentSheetKind = resultsKind({
	shape: ASSESSMENT_SHEET,
	label: 'needs.import.sheetKind',
	check: checkAssessmentSheet,
	competencies: LEVEL_COLUMNS,
	levels: LEVEL_COLUMNS
});

/** What reports call a competency: its code or its name in the dictionary in force. Of two that fold alike the first counts. */
async function competenciesOn(tx: Tx, today: string): Promise<KnownCompetencies> {
	const known = new Map<string, string>();
	const { competencies } = await dictionaryOn(tx, today);
	for (const way of ['code', 'name', 'nameEn'] as const)
		for (const competency of competencies) {
			const folded = foldCompetency(competency[way]);
			if (folded !== '' && !known.has(folded)) known.set(folded, competency.id);
		}
	return known;
}
