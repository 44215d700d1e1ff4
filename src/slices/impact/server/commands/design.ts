import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import { canEdit } from '../../access.ts';
import { CreateStudy, OneStudy } from '../../input.ts';
import { chosenUnits, otherOutcomes, plannedBefore } from '../../rules.ts';
import { lockStudy } from '../lock-study.ts';

constraintMeans('study_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');
constraintMeans('study_agency_id_program_id_fkey', 'impact.study.programUnknown');
constraintMeans('study_unit_agency_id_unit_id_fkey', 'impact.study.unitUnknown');
constraintMeans('study_outcome_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');

/** A draft: question, indicator, program and the units of both sides. Refuses: plan line of another program; see `chosenUnits`. */
export const createStudy = command(
	'impact.createStudy',
	CreateStudy,
	async ({ tx, actor, now, today, permit, note }, input) => {
		permit(canEdit(actor));
		const units = chosenUnits(input.units, input.startsFrom, input.design);
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
				planned_before: plannedBefore(units, today),
				smallest_useful: input.smallestUseful ?? null,
				starts_from: input.startsFrom === undefined ? null : `${input.startsFrom}-01`,
				months_before: input.monthsBefore ?? null,
				months_after: input.monthsAfter ?? null,
				covariates: input.design === 'matched' ? (input.covariates ?? ['level', 'trend']) : [],
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
		return { studyId: id };
	},
	{ summary: 'Design a study: which units are trained, which they are compared with' }
);

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
