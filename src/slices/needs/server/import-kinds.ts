import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { dictionaryOn } from '#slices/competencies/public.server.ts';
import {
	recordKind,
	type FileShape,
	type Follower,
	type ImportKind,
	type Undone
} from '#slices/people/public.server.ts';
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

const brought = ({ agencyId, importId }: Undone) => sql`(select ir.subject_id from people.import_row ir
	where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'new')`;

/** People whom the import brought and a survey asks, as `t` with the survey `c`. */
const asked = (undone: Undone) => sql`needs.target t
	join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id
	where t.agency_id = ${undone.agencyId} and t.person_id in ${brought(undone)}`;

/** A survey under way asks whoever a staff list brings; as long as nobody has answered about them, they go again with it. */
export const surveyTargets: Follower = {
	tables: ['needs.target', 'needs.assignment'],
	dependants: async (tx, undone) => {
		const { rows } = await sql<{ many: number }>`select count(distinct person_id)::int as many from (
			select x.rater_id as person_id from needs.assignment x join needs.campaign c on c.agency_id = x.agency_id and c.id = x.campaign_id
			where x.agency_id = ${undone.agencyId} and x.rater_id in ${brought(undone)}
				and (c.status <> 'open' or x.done_at is not null or x.origin = 'supervisor')
			union all
			select t.person_id from ${asked(undone)}
			and (c.status <> 'open'
				or exists (select from needs.rating r where r.agency_id = t.agency_id and r.campaign_id = t.campaign_id and r.person_id = t.person_id)
				or exists (select from needs.answer a where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id and a.person_id = t.person_id))
		) as touched`.execute(tx);
		const many = rows[0]?.many ?? 0;
		return many > 0 ? [{ code: 'needs.import.depends.answered', params: { count: many } }] : [];
	},
	forget: async (tx, { agencyId, importId }) => {
		await sql`select needs.forget_brought(${agencyId}::uuid, ${importId}::uuid)`.execute(tx);
	}
};
