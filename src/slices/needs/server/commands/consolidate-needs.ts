import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { refused } from '#kernel/errors.ts';
import { withReason } from '../../idp.ts';
import { ManyNeeds } from '../../need-input.ts';
import { mergeable, needStep } from '../../need-model.ts';
import { canConsolidate } from '../../proposal-access.ts';
import { keepNeedSteps, lockNeeds, moveNeeds, type LockedNeed } from '../proposals/lock-need.ts';

/**
 * BKPSDM's step on one need or on many at once: verified, back for revision with a note, or merged into one need of the
 * units together. All or nothing. Refuses: one of them does not stand where the step begins; different needs to merge.
 */
export const consolidateNeeds = command(
	'needs.consolidate',
	ManyNeeds,
	async ({ tx, actor, now, permit, record, note }, input) => {
		const needs = await lockNeeds(tx, input.proposalIds);
		permit(canConsolidate(actor));
		if (needs.some((need) => need.mergedInto !== null)) throw refused('needs.need.isPart');
		note({ count: needs.length });
		if (input.step === 'merge') {
			mergeable(needs);
			return { count: needs.length, proposalId: await merge(tx, actor, now, needs, input.note) };
		}
		withReason(input.step, input.note);
		for (const need of needs) needStep(need.status, input.step);
		await moveNeeds(tx, actor, now, needs, input.step, input.note);
		if (input.step === 'revise') for (const { id } of needs) record('needs.sentBack', { proposalId: id });
		return { count: needs.length, proposalId: null };
	},
	{ summary: 'Verify, send back or merge proposed needs, many at once' }
);

/** The whole is a need of the nearest unit above all of them; its parts keep their own rows and follow it from here on. */
async function merge(
	tx: Tx,
	actor: Actor,
	now: Date,
	needs: readonly LockedNeed[],
	note: string
): Promise<string> {
	const first = needs[0];
	if (first === undefined) throw refused('needs.need.mergeFew');
	const id = newId(now.getTime());
	const { rows } = await sql<{ id: string }>`
		select u.id from people.unit u
		where u.agency_id = ${actor.agencyId} and u.path @> lca(${needs.map(({ unitPath }) => `${unitPath}.x`)}::ltree[])
		order by nlevel(u.path) desc limit 1`.execute(tx);
	await tx
		.insertInto('needs.proposal')
		.values({
			agency_id: actor.agencyId,
			id,
			unit_id: rows[0]?.id ?? first.unitId,
			year: first.year,
			kind: first.kind,
			competency_id: first.competencyId,
			element: first.element,
			topic: first.topic,
			campaign_id: first.campaignId,
			people: needs.reduce((sum, need) => sum + need.people, 0),
			form: first.form,
			quarter: Math.min(...needs.map((need) => need.quarter)),
			reason: note.length >= 5 ? note : first.reason,
			score: Math.max(0, ...needs.map((need) => need.score ?? 0)),
			status: 'verified',
			created_by: actor.personId,
			created_at: now
		})
		.execute();
	await tx
		.updateTable('needs.proposal')
		.set({ merged_into: id })
		.where('agency_id', '=', actor.agencyId)
		.where(
			'id',
			'in',
			needs.map((need) => need.id)
		)
		.execute();
	await keepNeedSteps(tx, actor, now, [{ id, from: '', to: 'verified', note }]);
	return id;
}
