import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canDesign, canEdit } from '../../access.ts';
import type { Selection } from '../../people-study.ts';
import { outcomesOf, unitsOfStudies } from './findings.ts';
import { indicatorById, indicatorsFor, measuredUnits, studyChoices } from './indicators.ts';
import { visibleStudyById, type Study } from './studies.ts';

/** What stands in the sheet of a draft: months as the sheet writes them, parts as they were chosen. */
export type Draft = Pick<
	Study,
	| 'question'
	| 'programId'
	| 'planLineId'
	| 'design'
	| 'smallestUseful'
	| 'monthsBefore'
	| 'monthsAfter'
	| 'covariates'
	| 'spillover'
> & {
	studyId: string;
	startsFrom: string | null;
	/** Lots are drawn: who takes part stays. */
	drawn: boolean;
	units: { unitId: string; name: string; role: string; from: string | null }[];
	outcomes: { indicatorId: string; kind: 'outcome' | 'placebo' }[];
	/** Of people: how they are found, and the list as it is pasted. */
	people: (Selection & { list: string }) | null;
};

/** What a plan is written on: the indicator asked for, or a draft's own. Refuses: missing, also for whoever plans none. */
export async function studySheet(db: Db, actor: Actor, asked: string | null, draft: Draft | null = null) {
	if (!canEdit(actor)) throw missing();
	const indicator = asked === null ? null : await indicatorById(db, actor, asked);
	const ofPeople = indicator?.subject === 'person';
	if (!canDesign(actor, indicator?.subject)) throw missing();
	const measured = indicator === null || ofPeople ? [] : await measuredUnits(db, indicator.id);
	const listed = new Set(measured.map(({ unitId }) => unitId));
	const chosen = (draft?.units ?? []).filter(({ unitId }) => !listed.has(unitId));
	return {
		draft,
		indicators: await indicatorsFor(db, actor),
		indicator,
		units: ofPeople
			? []
			: [...measured, ...chosen.map(({ unitId, name }) => ({ unitId, name, months: 0, endedOn: null }))],
		...(await studyChoices(db))
	};
}

/** A draft as its sheet shows it; null once it is fixed. Refuses: missing. */
export async function draftById(
	db: Db,
	actor: Actor,
	studyId: string
): Promise<{ study: Study; draft: Draft | null }> {
	const study = await visibleStudyById(db, actor, studyId);
	const ofPeople = study.indicator.subject === 'person';
	if (!canDesign(actor, study.indicator.subject)) throw missing();
	if (study.frozenAt !== null) return { study, draft: null };
	const startsFrom = study.startsFrom?.slice(0, 7) ?? null;
	const units = ofPeople
		? []
		: ((await unitsOfStudies(db, [studyId], { counted: false })).get(studyId) ?? []);
	const draft: Draft = {
		...study,
		studyId,
		startsFrom,
		drawn: study.draw !== null,
		units: units.map(({ unitId, name, treated, treatedFrom, lot }) => ({
			unitId,
			name,
			role: lot !== null ? 'applicant' : treated ? 'treated' : 'comparison',
			from: ownMonth(treatedFrom, startsFrom)
		})),
		outcomes: ((await outcomesOf(db, [studyId])).get(studyId) ?? []).map(({ indicator, placebo }) => ({
			indicatorId: indicator.id,
			kind: placebo ? ('placebo' as const) : ('outcome' as const)
		})),
		people: study.selection && { ...study.selection, list: await listOf(db, study, startsFrom) }
	};
	return { study, draft };
}

const ownMonth = (treatedFrom: string | null, startsFrom: string | null): string | null => {
	const month = treatedFrom?.slice(0, 7) ?? null;
	return month === startsFrom ? null : month;
};

const PART = { treated: 'dilatih', comparison: 'pembanding', applicant: 'pendaftar' } as const;

/** Those who came by a list, a line each as `listedIn` reads it. */
async function listOf(db: Db, { id, selection }: Study, startsFrom: string | null): Promise<string> {
	const { rows } = await sql<{ nip: string; part: keyof typeof PART; treatedFrom: string | null }>`
		select p.nip, c.part, x.treated_from as "treatedFrom"
		from impact.study_person x
		join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
		cross join lateral (select case when x.lot is not null then 'applicant' when x.treated then 'treated' else 'comparison' end as part) c
		where x.agency_id = (select platform.current_agency()) and x.study_id = ${id}
			and ((c.part = 'comparison' and ${selection?.comparedWith === 'listed'}) or (c.part <> 'comparison' and ${selection?.treatedBy === 'listed'}))
		order by x.treated desc, p.nip`.execute(db);
	return rows
		.map(({ nip, part, treatedFrom }) => {
			const from = ownMonth(treatedFrom, startsFrom);
			return [nip, PART[part], ...(from === null ? [] : [from])].join('; ');
		})
		.join('\n');
}
