import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canReact } from '../../access.ts';
import { React } from '../../input.ts';
import { readAnswers, takeReaction } from '../../rules.ts';
import { classEnd } from '../class-end.ts';
import { newBox, sealEnvelope } from '../envelope.ts';
import { reactionItems } from '../queries.ts';

// Two devices at the same moment: the second is told, like anybody who comes back.
constraintMeans('reaction_given_pkey', 'evaluation.reaction.alreadyGiven');

/**
 * A participant's reaction to a class, once: the mark that they answered, and a sealed envelope which nothing in the
 * database opens; no event, no audit line, no idempotency key (docs/decisions/0010). Refuses: no seat in the class (404),
 * not open, given before, the box was opened already.
 */
export const react = command(
	'evaluation.react',
	React,
	async ({ tx, actor, now, today, permit }, { classId, answers }) => {
		const seat = await seatOf(tx, classId, actor.personId);
		permit(canReact(actor, seat));
		if (await hasGiven(tx, classId, seat.personId)) throw refused('evaluation.reaction.alreadyGiven');
		const end = await classEnd(tx, classId);
		if (end === undefined) throw missing();
		takeReaction(end, now, today);
		const kept = readAnswers(await reactionItems(tx), answers);
		const publicKey = await openBoxOf(tx, actor.agencyId, classId);
		await tx
			.insertInto('evaluation.reaction_given')
			.values({ agency_id: actor.agencyId, class_id: classId, person_id: seat.personId, given_on: today })
			.execute();
		await tx
			.insertInto('evaluation.reaction_envelope')
			.values({
				agency_id: actor.agencyId,
				class_id: classId,
				sealed: sealEnvelope(publicKey, JSON.stringify(kept))
			})
			.execute();
		return {};
	},
	{ audit: 'withoutActor', summary: 'Give one’s reaction to a class, anonymously and once' }
);

/** Not locked: a locked row carries the number of the transaction. The mark's primary key guards against the second click. */
async function seatOf(tx: Tx, classId: string, personId: string | null): Promise<{ personId: string }> {
	const seat = await tx
		.selectFrom('classes.registration')
		.select('person_id as personId')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.where('status', 'in', ['enrolled', 'passed', 'failed'])
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

/** The class's box to put an envelope in, made by who comes first; many put in at once, whoever opens it waits for them. */
async function openBoxOf(tx: Tx, agencyId: string, classId: string): Promise<Buffer> {
	await sql`select pg_advisory_xact_lock_shared(hashtextextended('box:' || ${classId}::text, 0))`.execute(tx);
	const find = () =>
		tx
			.selectFrom('evaluation.reaction_box')
			.select(['public_key as publicKey', 'opened_on as openedOn'])
			.where('agency_id', '=', agencyId)
			.where('class_id', '=', classId)
			.executeTakeFirst();
	let box = await find();
	if (box === undefined) {
		const { publicKey, lockedKey } = newBox();
		await tx
			.insertInto('evaluation.reaction_box')
			.values({ agency_id: agencyId, class_id: classId, public_key: publicKey, locked_key: lockedKey })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		box = await find();
	}
	if (box === undefined || box.openedOn !== null) throw refused('evaluation.reaction.over');
	return box.publicKey;
}
