import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { dictionaryOn } from '#slices/competencies/public.server.ts';
import { recordKind, type ImportKind } from '#slices/people/public.server.ts';
import {
	ASSESSMENT,
	checkAssessment,
	foldCompetency,
	type KnownCompetencies
} from '../import/check-assessment.ts';

/**
 * Results of assessment centres, for the import office: evidence that the next estimate weighs. One result a person,
 * competency and day; evidence is never updated, so a result that changed is taken away and written anew.
 */
export const assessmentKind: ImportKind = {
	...recordKind({
		shape: ASSESSMENT,
		label: 'needs.import.kind',
		fieldLabel: (field) => `needs.import.field.${field}`,
		shown: (field, value, inFigures) => (field === 'level' ? inFigures(Number(value)) : value),
		check: async (sheet, { tx, today }) =>
			checkAssessment(sheet, { today, competencies: await competenciesOn(tx, today) }),
		table: 'needs.evidence',
		fields: [
			{ name: 'source', type: 'text', from: ['nip'] },
			{ name: 'competency_id', type: 'uuid', from: ['kode_kompetensi'] },
			{ name: 'measured_on', type: 'date', from: ['tanggal_asesmen'] },
			{ name: 'level', type: 'numeric(3,2)', from: ['level'] },
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
};

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
