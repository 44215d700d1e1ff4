import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { AddNeed, ChangeNeed, OneNeed, PassOver, TakeNeed } from '../../need-input.ts';
import { needEditable, needStep } from '../../need-model.ts';
import { canPropose } from '../../proposal-access.ts';
import { keepNeedSteps, lockNeed, moveNeeds, unitOf } from '../proposals/lock-need.ts';
import type { Proposal } from '../queries/proposals.ts';
import { rankingOf, type RankedNeed } from '../queries/ranking.ts';

/**
 * A line of the unit's ranking becomes a draft proposal; how it ranked is kept with the decision and its reason.
 * Refuses: no longer in the ranking; the unit proposes it already.
 */
export const takeNeed = command(
	'needs.takeNeed',
	TakeNeed,
	async ({ tx, actor, now, today, permit, note }, input) => {
		const unit = await unitOf(tx, input.unitId);
		permit(canPropose(actor, { unitPath: unit.path }));
		const { year, line } = await lineOf(tx, input, unit, today);
		await refuseTwice(tx, unit.id, year, line);
		const id = await writeNeed(tx, actor, now, {
			unitId: unit.id,
			year,
			kind: line.kind,
			competencyId: line.competencyId,
			element: line.element,
			topic: line.name ?? `${line.kind}${line.element ?? ''}`,
			campaignId: line.kind === 'competency' ? input.campaignId : null,
			rank: line.rank,
			score: line.score,
			people: input.people,
			form: input.form,
			quarter: input.quarter,
			reason: input.reason
		});
		await decide(tx, actor, now, { unitId: unit.id, year, line, decision: 'taken', reason: input.reason });
		note({ proposalId: id });
		return { proposalId: id };
	},
	{ summary: 'Take a need from the ranking into a proposal' }
);

/** A line of the ranking that the unit does not take, with the reason: the order proposes, people decide. */
export const passOver = command(
	'needs.passOver',
	PassOver,
	async ({ tx, actor, now, today, permit, note }, input) => {
		const unit = await unitOf(tx, input.unitId);
		permit(canPropose(actor, { unitPath: unit.path }));
		const { year, line } = await lineOf(tx, input, unit, today);
		await decide(tx, actor, now, { unitId: unit.id, year, line, decision: 'passed', reason: input.reason });
		note({ unitId: unit.id });
		return {};
	},
	{ summary: 'Pass over a need of the ranking, with the reason' }
);

/** A need that no measurement knows. */
export const addNeed = command(
	'needs.addNeed',
	AddNeed,
	async ({ tx, actor, now, permit, note }, input) => {
		const unit = await unitOf(tx, input.unitId);
		permit(canPropose(actor, { unitPath: unit.path }));
		const id = await writeNeed(tx, actor, now, {
			...input,
			kind: 'own',
			competencyId: null,
			element: null,
			campaignId: null,
			rank: null,
			score: null
		});
		note({ proposalId: id });
		return { proposalId: id };
	},
	{ summary: 'Propose a need of one’s own' }
);

/** People, form, quarter and reason; the topic of an own need too. Refuses: it lies with somebody else. */
export const changeNeed = command(
	'needs.changeNeed',
	ChangeNeed,
	async ({ tx, actor, permit, note }, input) => {
		const need = await lockNeed(tx, input.proposalId);
		permit(canPropose(actor, need));
		needEditable(need.status);
		await tx
			.updateTable('needs.proposal')
			.set({
				people: input.people,
				form: input.form,
				quarter: input.quarter,
				reason: input.reason,
				...(need.kind === 'own' && input.topic !== undefined ? { topic: input.topic } : {})
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', need.id)
			.execute();
		note({ proposalId: need.id });
		return { proposalId: need.id };
	},
	{ summary: 'Change a proposed need before it is handed in' }
);

/** Hands it to BKPSDM. Refuses: handed in already. */
export const submitNeed = command(
	'needs.submitNeed',
	OneNeed,
	async ({ tx, actor, now, permit, note }, input) => {
		const need = await lockNeed(tx, input.proposalId);
		permit(canPropose(actor, need));
		await moveNeeds(tx, actor, now, [need], needStep(need.status, 'submitted').status, input.note);
		note({ proposalId: need.id });
		return { proposalId: need.id };
	},
	{ summary: 'Hand a proposed need in' }
);

/** Takes a draft back. Refuses: handed in once already; then it stays with its history. */
export const dropNeed = command(
	'needs.dropNeed',
	OneNeed,
	async ({ tx, actor, permit, note }, { proposalId }) => {
		const need = await lockNeed(tx, proposalId);
		permit(canPropose(actor, need));
		if (need.status !== 'draft') throw refused(`needs.need.already.${need.status}`);
		await sql`delete from needs.proposal where agency_id = ${actor.agencyId} and id = ${need.id}`.execute(tx);
		note({ proposalId });
		return { unitId: need.unitId };
	},
	{ summary: 'Take a draft of a need back' }
);

async function lineOf(
	tx: Tx,
	{ campaignId, subject }: { campaignId: string; subject: string },
	unit: { id: string; path: string },
	today: string
): Promise<{ year: number; line: RankedNeed }> {
	const campaign = await tx
		.selectFrom('needs.campaign')
		.select(['id', 'year'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', campaignId)
		.where('status', '!=', 'draft')
		.executeTakeFirst();
	if (campaign === undefined) throw missing();
	const { needs } = await rankingOf(tx, { campaign, unit, today });
	const line = needs.find(({ key }) => key === subject);
	if (line === undefined) throw refused('needs.need.notRanked');
	return { year: campaign.year, line };
}

async function refuseTwice(tx: Tx, unitId: string, year: number, line: RankedNeed): Promise<void> {
	const twin = await tx
		.selectFrom('needs.proposal')
		.select('id')
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('unit_id', '=', unitId)
		.where('year', '=', year)
		.where('kind', '=', line.kind)
		.where(sql<boolean>`competency_id is not distinct from ${line.competencyId}::uuid`)
		.where(sql<boolean>`element is not distinct from ${line.element}::smallint`)
		.where('status', '!=', 'rejected')
		.executeTakeFirst();
	if (twin !== undefined) throw refused('needs.need.takenAlready');
}

type NewNeed = Omit<
	Proposal,
	'id' | 'topicEn' | 'unit' | 'unitPath' | 'status' | 'mergedInto' | 'parts' | 'asked'
>;

async function writeNeed(tx: Tx, actor: Actor, now: Date, need: NewNeed): Promise<string> {
	const id = newId(now.getTime());
	await tx
		.insertInto('needs.proposal')
		.values({
			agency_id: actor.agencyId,
			id,
			unit_id: need.unitId,
			year: need.year,
			kind: need.kind,
			competency_id: need.competencyId,
			element: need.element,
			topic: need.topic,
			campaign_id: need.campaignId,
			people: need.people,
			form: need.form,
			quarter: need.quarter,
			reason: need.reason,
			rank: need.rank,
			score: need.score,
			status: 'draft',
			created_by: actor.personId,
			created_at: now
		})
		.execute();
	await keepNeedSteps(tx, actor, now, [{ id, from: '', to: 'draft', note: '' }]);
	return id;
}

async function decide(
	tx: Tx,
	actor: Actor,
	now: Date,
	made: { unitId: string; year: number; line: RankedNeed; decision: 'taken' | 'passed'; reason: string }
): Promise<void> {
	const { line } = made;
	await tx
		.insertInto('needs.priority_decision')
		.values({
			agency_id: actor.agencyId,
			id: newId(now.getTime()),
			unit_id: made.unitId,
			year: made.year,
			subject: line.key,
			decision: made.decision,
			rank: line.rank,
			score: line.score,
			arithmetic: JSON.stringify(line.steps),
			reason: made.reason,
			decided_by: actor.personId,
			by_name: actor.name,
			at: now
		})
		.execute();
}
