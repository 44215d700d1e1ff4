import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { GroupPeople } from '../focus-access.ts';
import { teachesClass } from './results.ts';

export type LockedGroup = GroupPeople & {
	id: string;
	edition: number;
	finishedAt: Date | null;
	secondDoneAt: Date | null;
};

/** Refuses: missing, also for whoever may not see the group: `sees` says who that is. */
export async function lockGroup(
	tx: Tx,
	actor: Actor,
	groupId: string,
	sees: (group: LockedGroup) => boolean
): Promise<LockedGroup> {
	const { rows } = await sql<LockedGroup>`
		select g.id, g.edition, g.finished_at as "finishedAt", g.second_done_at as "secondDoneAt", g.made_by as "madeBy",
			g.facilitator_id as "facilitatorId", g.second_coder_id as "secondCoderId", ${teachesClass(actor)} as teaches
		from evaluation.focus_group g
		left join classes.class c on c.agency_id = g.agency_id and c.id = g.class_id
		where g.agency_id = ${actor.agencyId} and g.id = ${groupId}
		for update of g`.execute(tx);
	const group = rows[0];
	if (group === undefined || !sees(group)) throw missing();
	return group;
}

/** The group of a passage, locked, with what was said. */
export async function lockGroupOf(
	tx: Tx,
	actor: Actor,
	passageId: string,
	sees: (group: LockedGroup) => boolean
): Promise<LockedGroup & { said: string }> {
	const passage = () =>
		tx
			.selectFrom('evaluation.focus_passage')
			.select(['group_id as groupId', 'said'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', passageId)
			.executeTakeFirst();
	const before = await passage();
	if (before === undefined) throw missing();
	const group = await lockGroup(tx, actor, before.groupId, sees);
	// Read again under the lock: somebody may have corrected or removed it while this waited.
	const now = await passage();
	if (now === undefined) throw missing();
	return { ...group, said: now.said };
}

/** Refuses: its coding is finished, so that what others rest findings on does not change under them. */
export function stillCoding(group: Pick<LockedGroup, 'finishedAt'>): void {
	if (group.finishedAt !== null) throw refused('evaluation.focus.finished');
}
