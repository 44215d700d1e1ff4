import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { invalidField, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { CivilDate } from '#kernel/time.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import type { Tx } from '#platform/db/db.ts';
import { canDesign, canEdit } from '../../access.ts';
import { ChangeStudy, CreateStudy, OneStudy } from '../../input.ts';
import { COVARIATES_OF, subjectOf, type StudyUnit, type Subject } from '../../model.ts';
import { selecting, type Selection } from '../../people-study.ts';
import { chosenUnits, otherOutcomes, plannedBefore, staysDrawn } from '../../rules.ts';
import { choosePeople } from '../choose-people.ts';
import { lockStudy } from '../lock-study.ts';

constraintMeans('study_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');
constraintMeans('study_agency_id_program_id_fkey', 'impact.study.programUnknown');
constraintMeans('study_unit_agency_id_unit_id_fkey', 'impact.study.unitUnknown');
constraintMeans('study_outcome_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');

type Asked = z.output<typeof CreateStudy>;
type Members = { subject: Subject; units: StudyUnit[]; selection: Selection | null };

/**
 * A draft: question, indicator, program and both sides: units, or the people whom `people` describes. Refuses: plan line of
 * another program, indicators of units and of people in one study; see `chosenUnits`, `selecting` and `choosePeople`.
 */
export const createStudy = command(
	'impact.createStudy',
	CreateStudy,
	async ({ tx, actor, now, today, permit, note }, input) => {
		permit(canEdit(actor));
		const members = membersOf(await subjectIn(tx, input), input);
		permit(canDesign(actor, members.subject));
		await fitsLine(tx, input);
		const id = newId();
		await tx
			.insertInto('impact.study')
			.values({
				agency_id: actor.agencyId,
				id,
				...wordsOf(input, members.subject),
				...whoOf(input, members, today),
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		const people = await takePart(tx, actor, { id, today }, input, members);
		await lookAt(tx, actor, id, input);
		note({ studyId: id });
		return { studyId: id, ...(people === null ? {} : { people }) };
	},
	{ summary: 'Design a study: which units or people are trained, which they are compared with' }
);

/**
 * Everything of a draft anew, as often as whoever plans it likes; people get other codes. Refuses: fixed (what then differs is
 * an amendment), as `createStudy`, and of a drawn lottery whatever would undo the draw (`staysDrawn`).
 */
export const changeStudy = command(
	'impact.changeStudy',
	ChangeStudy,
	async ({ tx, actor, today, permit, note }, input) => {
		const id = input.studyId;
		const study = await lockStudy(tx, id);
		permit(canDesign(actor, study.subject));
		if (study.frozenAt !== null) throw refused('impact.study.frozenAmend');
		const subject = await subjectIn(tx, input);
		permit(canDesign(actor, subject));
		const drawn = study.drawnAt !== null;
		if (drawn) staysDrawn(study, input);
		if (drawn && subject !== study.subject) throw refused('impact.study.drawnStays');
		const members = drawn ? null : membersOf(subject, input);
		await fitsLine(tx, input);
		await forgetOutcomes(tx, actor, id);
		if (members !== null) await forgetMembers(tx, actor, id);
		await tx
			.updateTable('impact.study')
			.set({ ...wordsOf(input, subject), ...(members === null ? {} : whoOf(input, members, today)) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', id)
			.execute();
		const people = members === null ? null : await takePart(tx, actor, { id, today }, input, members);
		await lookAt(tx, actor, id, input);
		note({ studyId: id });
		return { studyId: id, ...(people === null ? {} : { people }) };
	},
	{ summary: 'Change the draft of a study' }
);

function membersOf(subject: Subject, { people, units, startsFrom, design }: Asked): Members {
	if (subject === 'unit') return { subject, units: chosenUnits(units, startsFrom, design), selection: null };
	if (people === undefined) throw invalidField('people.treatedBy', 'impact.study.noPeople');
	return { subject, units: [], selection: selecting(people, design) };
}

async function fitsLine(tx: Tx, { planLineId, programId }: Asked): Promise<void> {
	if (planLineId === undefined) return;
	const line = await lineFacts(tx, planLineId);
	if (line === undefined) throw refused('impact.study.lineUnknown');
	if (line.programId !== programId) throw refused('impact.study.lineOfOtherProgram');
}

const wordsOf = (input: Asked, subject: Subject) => ({
	indicator_id: input.indicatorId,
	program_id: input.programId,
	plan_line_id: input.planLineId ?? null,
	question: input.question,
	smallest_useful: input.smallestUseful ?? null,
	months_before: input.monthsBefore ?? null,
	months_after: input.monthsAfter ?? null,
	covariates:
		input.design === 'matched'
			? (input.covariates ?? ['level', 'trend']).filter((one) => COVARIATES_OF[subject].includes(one))
			: [],
	spillover: input.spillover ?? null
});

const whoOf = (input: Asked, { units, selection }: Members, today: CivilDate) => ({
	design: input.design,
	// Of people it follows from who is chosen, and stands for good when the plan is fixed.
	planned_before: plannedBefore(units, today),
	starts_from: input.startsFrom === undefined ? null : `${input.startsFrom}-01`,
	treated_by: selection?.treatedBy ?? null,
	compared_with: selection?.comparedWith ?? null,
	classes_from: selection?.from ?? null,
	classes_to: selection?.to ?? null
});

/** Writes who takes part; of people, how many were found. */
async function takePart(
	tx: Tx,
	{ agencyId }: Actor,
	{ id, today }: { id: string; today: CivilDate },
	{ programId, indicatorId, design, startsFrom, people }: Asked,
	{ units, selection }: Members
) {
	if (selection !== null)
		return choosePeople(tx, {
			...selection,
			agencyId,
			studyId: id,
			programId,
			indicatorId,
			design,
			startsFrom,
			listed: people?.listed ?? [],
			today
		});
	await sql`
		insert into impact.study_unit (agency_id, study_id, unit_id, treated, treated_from, lot)
		select ${agencyId}::uuid, ${id}::uuid, x."unitId", x.treated, x."treatedFrom", x.lot
		from jsonb_to_recordset(${JSON.stringify(units)}::jsonb)
			as x("unitId" uuid, treated boolean, "treatedFrom" date, lot smallint)`.execute(tx);
	return null;
}

async function lookAt(tx: Tx, { agencyId }: Actor, id: string, { outcomes, indicatorId }: Asked) {
	const others = otherOutcomes(outcomes ?? [], indicatorId);
	if (others.length === 0) return;
	await tx
		.insertInto('impact.study_outcome')
		.values(
			others.map((one) => ({
				agency_id: agencyId,
				study_id: id,
				indicator_id: one.indicatorId,
				placebo: one.kind === 'placebo'
			}))
		)
		.execute();
}

async function forgetOutcomes(tx: Tx, { agencyId }: Actor, id: string) {
	await tx
		.deleteFrom('impact.study_outcome')
		.where('agency_id', '=', agencyId)
		.where('study_id', '=', id)
		.execute();
}

async function forgetMembers(tx: Tx, { agencyId }: Actor, id: string) {
	await tx
		.deleteFrom('impact.study_person')
		.where('agency_id', '=', agencyId)
		.where('study_id', '=', id)
		.execute();
	await tx
		.deleteFrom('impact.study_unit')
		.where('agency_id', '=', agencyId)
		.where('study_id', '=', id)
		.execute();
}

/** Refuses: no such indicator, or some of units and some of people: they have no row in common. */
async function subjectIn(tx: Tx, { indicatorId, outcomes = [] }: Asked): Promise<Subject> {
	const looked = outcomes.flatMap((one) => (one.kind === undefined ? [] : [one.indicatorId]));
	const indicatorIds = [indicatorId, ...looked];
	const { rows } = await sql<{ id: string; subject: string }>`
		select id, subject from impact.indicator
		where agency_id = (select platform.current_agency()) and id = any(${[...indicatorIds]}::uuid[])`.execute(tx);
	const [first] = rows;
	if (first === undefined || indicatorIds.some((id) => !rows.some((row) => row.id === id)))
		throw refused('impact.study.indicatorUnknown');
	if (rows.some(({ subject }) => subject !== first.subject)) throw refused('impact.study.subjectsMixed');
	return subjectOf(first.subject);
}

/** Throws a draft away. Refuses: fixed, because then its answer is owed, whatever it is. */
export const discardStudy = command(
	'impact.discardStudy',
	OneStudy,
	async ({ tx, actor, permit, note }, { studyId }) => {
		const study = await lockStudy(tx, studyId);
		permit(canDesign(actor, study.subject));
		if (study.frozenAt !== null) throw refused('impact.study.alreadyFrozen');
		await forgetOutcomes(tx, actor, studyId);
		await forgetMembers(tx, actor, studyId);
		await tx
			.deleteFrom('impact.study')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', studyId)
			.execute();
		note({ studyId });
		return {};
	},
	{ summary: 'Discard the draft of a study' }
);
