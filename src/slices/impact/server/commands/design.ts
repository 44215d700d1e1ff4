import { sql } from 'kysely';
import { invalidField, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import type { Tx } from '#platform/db/db.ts';
import { canEdit, canEditPeople } from '../../access.ts';
import { CreateStudy, OneStudy } from '../../input.ts';
import { COVARIATES_OF, subjectOf, type Subject } from '../../model.ts';
import { selecting } from '../../people-study.ts';
import { chosenUnits, otherOutcomes, plannedBefore } from '../../rules.ts';
import { choosePeople } from '../choose-people.ts';
import { lockStudy } from '../lock-study.ts';

constraintMeans('study_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');
constraintMeans('study_agency_id_program_id_fkey', 'impact.study.programUnknown');
constraintMeans('study_unit_agency_id_unit_id_fkey', 'impact.study.unitUnknown');
constraintMeans('study_outcome_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');

/**
 * A draft: question, indicator, program and both sides: units, or the people whom `people` describes. Refuses: plan line of
 * another program, indicators of units and of people in one study; see `chosenUnits`, `selecting` and `choosePeople`.
 */
export const createStudy = command(
	'impact.createStudy',
	CreateStudy,
	async ({ tx, actor, now, today, permit, note }, input) => {
		permit(canEdit(actor));
		const subject = await subjectIn(tx, [
			input.indicatorId,
			...(input.outcomes ?? []).map(({ indicatorId }) => indicatorId)
		]);
		permit(subject === 'unit' || canEditPeople(actor));
		const { people } = input;
		if (subject === 'person' && people === undefined)
			throw invalidField('people.treatedBy', 'impact.study.noPeople');
		if (subject === 'unit' && input.units.length === 0) throw invalidField('units', 'impact.study.noUnits');
		const selection = subject === 'person' && people !== undefined ? selecting(people, input.design) : null;
		const units = subject === 'unit' ? chosenUnits(input.units, input.startsFrom, input.design) : [];
		if (input.planLineId !== undefined) {
			const line = await lineFacts(tx, input.planLineId);
			if (line === undefined) throw refused('impact.study.lineUnknown');
			if (line.programId !== input.programId) throw refused('impact.study.lineOfOtherProgram');
		}
		const id = newId();
		await tx
			.insertInto('impact.study')
			.values({
				agency_id: actor.agencyId,
				id,
				indicator_id: input.indicatorId,
				program_id: input.programId,
				plan_line_id: input.planLineId ?? null,
				question: input.question,
				design: input.design,
				// Of people it follows from who is chosen, and stands for good when the plan is fixed.
				planned_before: plannedBefore(units, today),
				smallest_useful: input.smallestUseful ?? null,
				starts_from: input.startsFrom === undefined ? null : `${input.startsFrom}-01`,
				months_before: input.monthsBefore ?? null,
				months_after: input.monthsAfter ?? null,
				covariates:
					input.design === 'matched'
						? (input.covariates ?? ['level', 'trend']).filter((one) => COVARIATES_OF[subject].includes(one))
						: [],
				treated_by: selection?.treatedBy ?? null,
				compared_with: selection?.comparedWith ?? null,
				classes_from: selection?.from ?? null,
				classes_to: selection?.to ?? null,
				spillover: input.spillover ?? null,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		await sql`
			insert into impact.study_unit (agency_id, study_id, unit_id, treated, treated_from, lot)
			select ${actor.agencyId}::uuid, ${id}::uuid, x."unitId", x.treated, x."treatedFrom", x.lot
			from jsonb_to_recordset(${JSON.stringify(units)}::jsonb)
				as x("unitId" uuid, treated boolean, "treatedFrom" date, lot smallint)`.execute(tx);
		const chosen =
			selection === null
				? null
				: await choosePeople(tx, {
						...selection,
						agencyId: actor.agencyId,
						studyId: id,
						programId: input.programId,
						indicatorId: input.indicatorId,
						design: input.design,
						startsFrom: input.startsFrom,
						listed: people?.listed ?? [],
						today
					});
		const outcomes = otherOutcomes(input.outcomes ?? [], input.indicatorId);
		if (outcomes.length > 0)
			await tx
				.insertInto('impact.study_outcome')
				.values(
					outcomes.map(({ indicatorId, kind }) => ({
						agency_id: actor.agencyId,
						study_id: id,
						indicator_id: indicatorId,
						placebo: kind === 'placebo'
					}))
				)
				.execute();
		note({ studyId: id });
		return { studyId: id, ...(chosen === null ? {} : { people: chosen }) };
	},
	{ summary: 'Design a study: which units or people are trained, which they are compared with' }
);

/** Refuses: no such indicator, or some of units and some of people: they have no row in common. */
async function subjectIn(tx: Tx, indicatorIds: readonly string[]): Promise<Subject> {
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
		permit(canEdit(actor));
		if (study.frozenAt !== null) throw refused('impact.study.alreadyFrozen');
		await tx
			.deleteFrom('impact.study_outcome')
			.where('agency_id', '=', actor.agencyId)
			.where('study_id', '=', studyId)
			.execute();
		await tx
			.deleteFrom('impact.study_person')
			.where('agency_id', '=', actor.agencyId)
			.where('study_id', '=', studyId)
			.execute();
		await tx
			.deleteFrom('impact.study_unit')
			.where('agency_id', '=', actor.agencyId)
			.where('study_id', '=', studyId)
			.execute();
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
