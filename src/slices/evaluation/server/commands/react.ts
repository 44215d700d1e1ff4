import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canReact } from '../../access.ts';
import { React } from '../../input.ts';
import { readAnswers, takeReaction, type KeptAnswer } from '../../rules.ts';
import { classEnd } from '../class-end.ts';
import { reactionItems } from '../queries.ts';

// Two devices at the same moment: the second is told, like anybody who comes back.
constraintMeans('reaction_given_pkey', 'evaluation.reaction.alreadyGiven');

/**
 * A participant's reaction to a class, once. Kept in two tables that nothing joins, and nowhere else: no event, no
 * audit line, no idempotency key (docs/decisions/0010). Refuses: no seat in the class (404), not open, given before.
 */
export const react = command(
	'evaluation.react',
	React,
	async ({ tx, actor, now, today, permit }, { classId, answers }) => {
		const seat = await lockSeat(tx, classId, actor.personId);
		permit(canReact(actor, seat));
		if (await hasGiven(tx, classId, seat.personId)) throw refused('evaluation.reaction.alreadyGiven');
		const end = await classEnd(tx, classId);
		if (end === undefined) throw missing();
		takeReaction(end, now, today);
		const kept = readAnswers(await reactionItems(tx), answers);
		await tx
			.insertInto('evaluation.reaction_given')
			.values({ agency_id: actor.agencyId, class_id: classId, person_id: seat.personId, given_on: today })
			.execute();
		await writeAnswers(tx, actor.agencyId, classId, kept);
		return {};
	},
	{ audit: 'withoutActor', summary: 'Give one’s reaction to a class, anonymously and once' }
);

async function lockSeat(tx: Tx, classId: string, personId: string | null): Promise<{ personId: string }> {
	const seat = await tx
		.selectFrom('classes.registration')
		.select('person_id as personId')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.where('status', 'in', ['enrolled', 'passed', 'failed'])
		.forUpdate()
		.executeTakeFirst();
	if (seat === undefined) throw missing();
	return seat;
}

async function hasGiven(tx: Tx, classId: string, personId: string): Promise<boolean> {
	const given = await tx
		.selectFrom('evaluation.reaction_given')
		.select('given_on')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	return given !== undefined;
}

/** In one statement, which the database answers by laying down all answers of the class anew in random order. */
async function writeAnswers(
	tx: Tx,
	agencyId: string,
	classId: string,
	kept: readonly KeptAnswer[]
): Promise<void> {
	await tx
		.insertInto('evaluation.reaction_answer')
		.values(
			kept.map(({ item, score, remark }) => ({
				agency_id: agencyId,
				class_id: classId,
				item_code: item,
				score,
				remark
			}))
		)
		.execute();
}
