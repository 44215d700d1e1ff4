import type { Actor } from '#kernel/actor.ts';
import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { withReason } from '../../idp.ts';
import { participantsOf } from '../../participant.ts';
import { CloseForum, DecideInForum, OpenForum, PutOnAgenda } from '../../need-input.ts';
import { needStep, outcomeOf, OUTCOMES } from '../../need-model.ts';
import { canConsolidate } from '../../proposal-access.ts';
import { freezeNeed } from '../proposals/freeze-need.ts';
import { lockNeeds, moveNeeds } from '../proposals/lock-need.ts';

/** A forum (FGD) with who took part, one a line: name, comma, whom they speak for. */
export const openForum = command(
	'needs.openForum',
	OpenForum,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canConsolidate(actor));
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.forum')
			.values({
				agency_id: actor.agencyId,
				id,
				year: input.year,
				title: input.title,
				held_on: input.heldOn,
				place: input.place,
				chair: input.chair,
				status: 'open',
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		const people = participantsOf(input.participants) ?? [];
		await tx
			.insertInto('needs.forum_participant')
			.values(
				people.map(({ name, office }, sort) => ({
					agency_id: actor.agencyId,
					forum_id: id,
					sort,
					name,
					office
				}))
			)
			.execute();
		note({ forumId: id });
		return { forumId: id };
	},
	{ summary: 'Open a forum on proposed needs' }
);

/** Verified needs, and those put off before, come onto the agenda: they are being discussed. */
export const putOnAgenda = command(
	'needs.putOnAgenda',
	PutOnAgenda,
	async ({ tx, actor, now, permit, note }, { forumId, proposalIds }) => {
		const forum = await lockForum(tx, forumId);
		const needs = await lockNeeds(tx, proposalIds);
		permit(canConsolidate(actor));
		refuseClosed(forum);
		if (needs.some((need) => need.mergedInto !== null)) throw refused('needs.need.isPart');
		for (const need of needs) needStep(need.status, 'discussed');
		await sql`
			insert into needs.forum_item (agency_id, forum_id, proposal_id, sort)
			select ${actor.agencyId}, ${forumId}, p.id, p.place + (select count(*) from needs.forum_item f where f.agency_id = ${actor.agencyId} and f.forum_id = ${forumId})
			from unnest(${needs.map(({ id }) => id)}::uuid[]) with ordinality as p (id, place)
			on conflict (agency_id, forum_id, proposal_id) do update set outcome = null, note = ''`.execute(tx);
		await moveNeeds(tx, actor, now, needs, 'discussed', forum.title);
		note({ forumId });
		return { count: needs.length };
	},
	{ summary: 'Put verified needs on the agenda of a forum' }
);

/** What came of each need so far; nothing moves before the minutes are closed, so a slip is mended at once. */
export const decideInForum = command(
	'needs.decideInForum',
	DecideInForum,
	async ({ tx, actor, permit, note }, { forumId, items }) => {
		const forum = await lockForum(tx, forumId);
		permit(canConsolidate(actor));
		refuseClosed(forum);
		for (const [at, item] of items.entries())
			if (item.outcome !== undefined) withReason(item.outcome, item.note, `items.${at}.note`);
		await sql`
			update needs.forum_item f set outcome = i.outcome, note = i.note
			from unnest(${items.map(({ proposalId }) => proposalId)}::uuid[], ${items.map(({ outcome }) => outcome ?? null)}::text[],
				${items.map((item) => item.note)}::text[]) as i (id, outcome, note)
			where f.agency_id = ${actor.agencyId} and f.forum_id = ${forumId} and f.proposal_id = i.id`.execute(tx);
		note({ forumId });
		return { count: items.length };
	},
	{ summary: 'Note what came of the needs in a forum' }
);

/**
 * Closes the minutes under their number: every need takes its outcome, what was accepted is frozen with what it was
 * computed from. Refuses: nothing was discussed, or a need without outcome.
 */
export const closeForum = command(
	'needs.closeForum',
	CloseForum,
	async ({ tx, actor, now, today, permit, record }, { forumId, number }) => {
		const forum = await lockForum(tx, forumId);
		permit(canConsolidate(actor));
		refuseClosed(forum);
		const items = await tx
			.selectFrom('needs.forum_item')
			.select(['proposal_id as proposalId', 'outcome', 'note'])
			.where('agency_id', '=', actor.agencyId)
			.where('forum_id', '=', forumId)
			.execute();
		const open = items.filter(({ outcome }) => outcome === null).length;
		if (items.length === 0) throw refused('needs.fgd.empty');
		if (open > 0) throw refused('needs.fgd.undecided', { open });
		await settle(tx, actor, now, today, items);
		await tx
			.updateTable('needs.forum')
			.set({ status: 'closed', number, closed_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', forumId)
			.execute();
		record('needs.decided', { forumId });
		return { forumId };
	},
	{ summary: 'Close the minutes of a forum: needs take their outcome' }
);

type Item = { proposalId: string; outcome: string | null; note: string };

async function settle(tx: Tx, actor: Actor, now: Date, today: string, items: readonly Item[]): Promise<void> {
	const needs = await lockNeeds(
		tx,
		items.map(({ proposalId }) => proposalId)
	);
	const of = new Map(items.map((item) => [item.proposalId, item]));
	for (const need of needs) {
		const item = of.get(need.id);
		if (item?.outcome == null) continue;
		const outcome = outcomeOf(item.outcome);
		needStep(need.status, outcome);
		if (outcome === 'accepted') await freezeNeed(tx, actor, now, today, need);
	}
	for (const outcome of OUTCOMES) {
		const moved = needs.filter(({ id }) => of.get(id)?.outcome === outcome);
		for (const need of moved) await moveNeeds(tx, actor, now, [need], outcome, of.get(need.id)?.note ?? '');
	}
}

async function lockForum(tx: Tx, forumId: string): Promise<{ title: string; status: string }> {
	const forum = await tx
		.selectFrom('needs.forum')
		.select(['title', 'status'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', forumId)
		.forUpdate()
		.executeTakeFirst();
	if (forum === undefined) throw missing();
	return forum;
}

function refuseClosed(forum: { status: string }): void {
	if (forum.status === 'closed') throw refused('needs.fgd.closedAlready');
}
