import { sql } from 'kysely';
import type { z } from 'zod';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { acceptedNeed, gapSummary } from '#slices/needs/public.server.ts';
import { command } from '#platform/work/command.ts';
import type { Tx } from '#platform/db/db.ts';
import { canEdit } from '../../access.ts';
import { AddLine, ChangeLine, RemoveLine } from '../../input.ts';
import type { Evidence } from '../../model.ts';
import { editable, evidenceOf, raises, type Raise } from '../../rules.ts';
import { lockLine, lockPlan } from '../lock.ts';

/**
 * A line of the plan. Made from a gap it keeps what the campaign measured at this moment as its evidence, and the
 * level to which the curriculum in force raises the competency; without a gap it is a visible break in the thread.
 * Refuses: plan no longer editable, nobody has the gap, the program does not raise the competency.
 */
export const addLine = command(
	'plans.addLine',
	AddLine,
	async ({ tx, actor, now, permit, note }, asked) => {
		const plan = await lockPlan(tx, actor.agencyId, asked.planId);
		permit(canEdit(actor));
		editable(plan.status, plan.last);
		const { input, frozen } = await fromNeed(tx, asked);
		const program = await programInForce(tx, actor.agencyId, input.programId, input.competencyId);
		const evidence =
			input.campaignId === undefined || input.competencyId === undefined
				? null
				: (frozen ?? (await measured(tx, input.campaignId, input.unitId ?? null, input.competencyId)));
		const target = evidence === null ? null : raises(program.raise).level;
		const lineId = newId(now.getTime());
		await tx
			.insertInto('plans.line')
			.values({
				agency_id: actor.agencyId,
				id: lineId,
				plan_id: plan.id,
				sort: sql<number>`(select coalesce(max(sort), 0) + 1 from plans.line where agency_id = ${actor.agencyId} and plan_id = ${plan.id})`,
				program_id: input.programId,
				competency_id: input.competencyId ?? null,
				target_level: target,
				unit_id: input.unitId ?? null,
				unit_goal: input.unitGoal,
				seats: input.seats,
				learning_hours: input.learningHours ?? program.learningHours,
				cost: input.cost,
				quarter: input.quarter,
				fund_source: input.fundSource,
				campaign_id: evidence?.campaignId ?? null,
				gap_people: evidence?.people ?? null,
				gap_mean: evidence?.mean ?? null,
				need_id: input.needId ?? null
			})
			.execute();
		note({ planId: plan.id, lineId });
		return { planId: plan.id, lineId };
	},
	{ summary: 'Adds a line to a plan, with the measured gap as its evidence' }
);

/** Amounts and dates of a line; its gap and program stay: another need is another line. */
export const changeLine = command(
	'plans.changeLine',
	ChangeLine,
	async ({ tx, actor, permit, note }, input) => {
		const { plan, line } = await lockLine(tx, actor.agencyId, input.lineId);
		permit(canEdit(actor));
		editable(plan.status, plan.last);
		await tx
			.updateTable('plans.line')
			.set({
				unit_goal: input.unitGoal,
				seats: input.seats,
				learning_hours: input.learningHours,
				cost: input.cost,
				quarter: input.quarter,
				fund_source: input.fundSource
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', line.id)
			.execute();
		note({ planId: plan.id, lineId: line.id });
		return { planId: plan.id };
	},
	{ summary: 'Changes seats, JP, cost, quarter, goal and funds of a line' }
);

export const removeLine = command(
	'plans.removeLine',
	RemoveLine,
	async ({ tx, actor, permit, note }, { lineId }) => {
		const { plan, line } = await lockLine(tx, actor.agencyId, lineId);
		permit(canEdit(actor));
		editable(plan.status, plan.last);
		await tx
			.deleteFrom('plans.line')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', line.id)
			.execute();
		note({ planId: plan.id, lineId });
		return { planId: plan.id };
	},
	{ summary: 'Removes a line from a plan that is not yet submitted' }
);

async function measured(
	tx: Tx,
	campaignId: string,
	unitId: string | null,
	competencyId: string
): Promise<Evidence> {
	return evidenceOf(campaignId, await gapSummary(tx, { campaignId, unitId, competencyId }));
}

/**
 * A line from an accepted need takes campaign, unit and competency from it, and what was frozen with it as evidence; a
 * need that nothing measured leaves the line without. Refuses: missing, not accepted.
 */
async function fromNeed<Line extends z.output<typeof AddLine>>(
	tx: Tx,
	line: Line
): Promise<{ input: Line; frozen: Evidence | null }> {
	if (line.needId === undefined) return { input: line, frozen: null };
	const need = await acceptedNeed(tx, line.needId);
	if (need === undefined) throw missing();
	const found =
		need.campaignId !== null && need.competencyId !== null && need.gapPeople !== null && need.gapPeople > 0;
	return {
		input: {
			...line,
			unitId: need.unitId,
			campaignId: found ? (need.campaignId ?? undefined) : undefined,
			competencyId: found ? (need.competencyId ?? undefined) : undefined
		},
		frozen:
			found && need.campaignId !== null
				? evidenceOf(need.campaignId, { people: need.gapPeople ?? 0, mean: need.gapMean })
				: null
	};
}

/** JP of the curriculum in force, and the level to which it raises the competency. Refuses: none in force. */
async function programInForce(
	tx: Tx,
	agencyId: string,
	programId: string,
	competencyId: string | undefined
): Promise<{ learningHours: number; raise: Raise | undefined }> {
	const found = await sql<{ version_id: string | null; learning_hours: number; level: number | null }>`
		select p.version_id, (select coalesce(sum(m.learning_hours), 0) from programs.module m
				where m.agency_id = p.agency_id and m.version_id = p.version_id) as learning_hours,
			(select max(o.level) from programs.outcome o
				where o.agency_id = p.agency_id and o.version_id = p.version_id and o.competency_id = ${competencyId ?? null}::uuid) as level
		from programs.program p
		where p.agency_id = ${agencyId} and p.id = ${programId}`.execute(tx);
	const program = found.rows[0];
	if (!program) throw missing();
	if (program.version_id === null) throw refused('plans.line.noCurriculum');
	const learningHours = program.learning_hours;
	return {
		learningHours,
		raise: program.level === null ? undefined : { level: program.level, learningHours }
	};
}
