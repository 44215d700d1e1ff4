import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
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

const close = (
	tx: Parameters<typeof wish.body>[0]['tx'],
	agencyId: string,
	personId: string,
	programId: string,
	now: Date
) =>
	tx
		.updateTable('growth.wish')
		.set({ closed_at: now })
		.where('agency_id', '=', agencyId)
		.where('person_id', '=', personId)
		.where('program_id', '=', programId)
		.where('closed_at', 'is', null)
		.execute();
