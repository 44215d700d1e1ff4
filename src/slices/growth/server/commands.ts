import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canWish } from '../access.ts';
import { Unwish, Wish } from '../input.ts';

/** "I want this" or "not now", one at a time for each program: a new word closes the former. */
export const wish = command(
	'growth.wish',
	Wish,
	async ({ tx, actor, now, permit, note }, { programId, status, reason }) => {
		const program = await tx
			.selectFrom('programs.program')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', programId)
			.forShare()
			.executeTakeFirst();
		if (!program || actor.personId === null) throw missing();
		permit(canWish(actor));
		await close(tx, actor.agencyId, actor.personId, programId, now);
		await tx
			.insertInto('growth.wish')
			.values({
				agency_id: actor.agencyId,
				id: newId(),
				person_id: actor.personId,
				program_id: programId,
				status,
				reason,
				at: now
			})
			.execute();
		note({ programId });
		return { programId, status };
	},
	{ summary: 'Wish for a program, or put it off' }
);

/** Takes one's word back: the program may be suggested again. */
export const unwish = command(
	'growth.unwish',
	Unwish,
	async ({ tx, actor, now, permit, note }, { programId }) => {
		permit(canWish(actor));
		if (actor.personId === null) throw missing();
		await close(tx, actor.agencyId, actor.personId, programId, now);
		note({ programId });
	},
	{ summary: 'Take a wish back' }
);

/**
 * Closes the word that held until now. Words of one person wait for each other, so that of two at once both are heard
 * and one holds; the earlier clock may come last.
 */
async function close(
	tx: Tx,
	agencyId: string,
	personId: string,
	programId: string,
	now: Date
): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`growth.wish:${personId}`}, 0))`.execute(tx);
	await sql`
		update growth.wish set closed_at = greatest(at, ${now}::timestamptz)
		where agency_id = ${agencyId} and person_id = ${personId} and program_id = ${programId} and closed_at is null`.execute(
		tx
	);
}
