import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import { canEdit } from '../../access.ts';
import { CreateStudy, OneStudy } from '../../input.ts';
import type { StudyUnit } from '../../model.ts';
import { chosenUnits, freezing, plannedBefore } from '../../rules.ts';

constraintMeans('study_agency_id_indicator_id_fkey', 'impact.study.indicatorUnknown');
constraintMeans('study_agency_id_program_id_fkey', 'impact.study.programUnknown');
constraintMeans('study_unit_agency_id_unit_id_fkey', 'impact.study.unitUnknown');

/** A draft: question, indicator, program and the units of both sides. Refuses: plan line of another program; see `chosenUnits`. */
export const createStudy = command(
	'impact.createStudy',
	CreateStudy,
	async ({ tx, actor, now, today, permit, note }, input) => {
		permit(canEdit(actor));
		const units = chosenUnits(input.units, input.startsFrom);
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
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		await sql`
			insert into impact.study_unit (agency_id, study_id, unit_id, treated, treated_from)
			select ${actor.agencyId}::uuid, ${id}::uuid, x."unitId", x.treated, x."treatedFrom"
			from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as x("unitId" uuid, treated boolean, "treatedFrom" date)`.execute(
			tx
		);
		note({ studyId: id });
		return { studyId: id };
	},
	{ summary: 'Design a study: which units are trained, which they are compared with' }
);

/**
 * Fixes the design for good, and with it whether it was planned before the training began. Only then are results
 * shown. Refuses: fixed already, one side empty.
 */
export const freezeStudy = command(
	'impact.freezeStudy',
	OneStudy,
	async ({ tx, actor, now, today, permit, note }, { studyId }) => {
		const study = await lockStudy(tx, studyId);
		permit(canEdit(actor));
		const units = await unitsOfStudy(tx, studyId);
		freezing(study, units);
		await tx
			.updateTable('impact.study')
			.set({ planned_before: plannedBefore(units, today), frozen_at: now, frozen_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', studyId)
			.execute();
		note({ studyId });
		return { studyId };
	},
	{ summary: 'Fix the design of a study for good' }
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

async function lockStudy(tx: Tx, studyId: string): Promise<{ frozenAt: Date | null }> {
	const row = await tx
		.selectFrom('impact.study')
		.select('frozen_at as frozenAt')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('id', '=', studyId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return row;
}

const unitsOfStudy = (tx: Tx, studyId: string): Promise<StudyUnit[]> =>
	tx
		.selectFrom('impact.study_unit')
		.select(['unit_id as unitId', 'treated', 'treated_from as treatedFrom'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('study_id', '=', studyId)
		.execute();
