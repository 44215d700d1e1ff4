import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { personByNip } from '#slices/people/public.server.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { ChangeCost, OneCost, PlanCost, RealiseCost } from '../../input.ts';

/** An item of what a class will cost. Refuses: missing, nobody under this NIP. */
export const planCost = command(
	'papers.planCost',
	PlanCost,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canIssue(actor));
		const lesson = await tx
			.selectFrom('classes.class')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.classId)
			.executeTakeFirst();
		if (!lesson) throw missing();
		const id = newId(now.getTime());
		await tx
			.insertInto('papers.cost')
			.values({
				agency_id: actor.agencyId,
				id,
				class_id: input.classId,
				kind: input.kind,
				description: input.description,
				person_id: input.nip === undefined ? null : await payeeOf(tx, actor.agencyId, input.nip),
				unit_word: input.unitWord,
				planned_quantity: input.quantity,
				planned_rate: input.rate,
				planned_by_name: actor.name,
				planned_at: now
			})
			.execute();
		note({ classId: input.classId, costId: id, ...figures(input) });
		return { costId: id };
	},
	{ summary: 'Plan an item of cost of a class' }
);

/**
 * The line as it shall stand, whole; what stood before is in the audit trail.
 * Refuses: missing, nobody under this NIP, spent already (what was planned is what the difference is measured against).
 */
export const changeCost = command(
	'papers.changeCost',
	ChangeCost,
	async ({ tx, actor, now, permit, note }, input) => {
		const cost = await lockCost(tx, actor.agencyId, input.costId);
		permit(canIssue(actor));
		if (cost.spent) throw refused('papers.cost.spentAlready');
		await tx
			.updateTable('papers.cost')
			.set({
				kind: input.kind,
				description: input.description,
				person_id: input.nip === undefined ? null : await payeeOf(tx, actor.agencyId, input.nip),
				unit_word: input.unitWord,
				planned_quantity: input.quantity,
				planned_rate: input.rate,
				planned_by_name: actor.name,
				planned_at: now
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.costId)
			.execute();
		note({ classId: cost.classId, costId: input.costId, ...figures(input) });
		return { costId: input.costId };
	},
	{ summary: 'Change a planned item of cost' }
);

/** What an item really cost; entered again it is corrected, and says by whom and when. Refuses: missing. */
export const realiseCost = command(
	'papers.realiseCost',
	RealiseCost,
	async ({ tx, actor, now, permit, note }, { costId, quantity, rate, evidence }) => {
		const cost = await lockCost(tx, actor.agencyId, costId);
		permit(canIssue(actor));
		await tx
			.updateTable('papers.cost')
			.set({
				realised_quantity: quantity,
				realised_rate: rate,
				evidence,
				realised_by_name: actor.name,
				realised_at: now
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', costId)
			.execute();
		note({ classId: cost.classId, costId, quantity, rate });
		return { costId };
	},
	{ summary: 'Enter what an item of a class really cost' }
);

/** Refuses: missing, spent already. */
export const removeCost = command(
	'papers.removeCost',
	OneCost,
	async ({ tx, actor, permit, note }, { costId }) => {
		const cost = await lockCost(tx, actor.agencyId, costId);
		permit(canIssue(actor));
		if (cost.spent) throw refused('papers.cost.spentAlready');
		await tx
			.deleteFrom('papers.cost')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', costId)
			.execute();
		note({ classId: cost.classId, costId });
		return { costId };
	},
	{ summary: 'Remove a planned item of cost' }
);

/** What the audit trail keeps of a planned line, so that its history can be read from there (`costOf`). */
const figures = ({ quantity, unitWord, rate }: { quantity: number; unitWord: string; rate: number }) => ({
	quantity,
	unitWord,
	rate
});

async function payeeOf(tx: Tx, agencyId: string, nip: string): Promise<string> {
	const personId = await personByNip(tx, agencyId, nip);
	if (personId === undefined) throw invalidField('nip', 'papers.field.unknownNip');
	return personId;
}

async function lockCost(tx: Tx, agencyId: string, costId: string) {
	const { rows } = await sql<{ classId: string; spent: boolean }>`
		select class_id as "classId", realised_at is not null as spent from papers.cost
		where agency_id = ${agencyId} and id = ${costId} for update`.execute(tx);
	const row = rows[0];
	if (!row) throw missing();
	return row;
}
