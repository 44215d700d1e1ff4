import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canOpenReactions } from '../../access.ts';
import { SMALLEST_GROUP } from '../../gain.ts';
import { OpenReactions } from '../../input.ts';
import { isClosed, type KeptAnswer } from '../../rules.ts';
import { classEnd } from '../class-end.ts';
import { openEnvelope, unlockBox } from '../envelope.ts';

const Kept = z.array(
	z.object({ item: z.string(), score: z.number().nullable(), remark: z.string().nullable() })
);

/**
 * Opens all reactions to a class together, when none can come any more: the answers of everybody are shuffled and laid
 * down by one transaction that none of them took part in, the envelopes and the key go. Fewer than five are destroyed
 * unopened: of so few every answer could be guessed. Refuses: still open, a box locked with another installation's key.
 */
export const openReactions = command(
	'evaluation.openReactions',
	OpenReactions,
	async ({ tx, actor, now, today, permit, note }, { classId }) => {
		await sql`select pg_advisory_xact_lock(hashtextextended('box:' || ${classId}::text, 0))`.execute(tx);
		const end = await classEnd(tx, classId);
		if (end === undefined) throw missing();
		permit(canOpenReactions(actor));
		const box = await boxOf(tx, classId);
		if (!isClosed(end, box, now, today)) throw refused('evaluation.reaction.stillOpen');
		note({ classId });
		if (box.openedOn !== null) return { opened: 0 };
		const answers = box.given < SMALLEST_GROUP ? [] : await readEnvelopes(tx, classId, box.lockedKey);
		if (answers.length > 0) await layDown(tx, actor.agencyId, classId, answers);
		await tx
			.deleteFrom('evaluation.reaction_envelope')
			.where('agency_id', '=', actor.agencyId)
			.where('class_id', '=', classId)
			.execute();
		await tx
			.insertInto('evaluation.reaction_box')
			.values({ agency_id: actor.agencyId, class_id: classId, public_key: Buffer.alloc(0), opened_on: today })
			.onConflict((conflict) =>
				conflict.columns(['agency_id', 'class_id']).doUpdateSet({ locked_key: null, opened_on: today })
			)
			.execute();
		return { opened: box.given };
	},
	{ summary: 'Open all reactions to a class together, once none can come any more' }
);

async function boxOf(tx: Tx, classId: string) {
	const { rows } = await sql<{
		given: number;
		seated: number;
		openedOn: string | null;
		lockedKey: Buffer | null;
	}>`
		select
			(select count(*)::int from evaluation.reaction_given g where g.agency_id = c.agency_id and g.class_id = c.id) as given,
			(select count(*)::int from classes.registration r
				where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed')) as seated,
			b.opened_on as "openedOn", b.locked_key as "lockedKey"
		from classes.class c
		left join evaluation.reaction_box b on b.agency_id = c.agency_id and b.class_id = c.id
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(tx);
	const box = rows[0];
	if (box === undefined) throw missing();
	return box;
}

async function readEnvelopes(tx: Tx, classId: string, lockedKey: Buffer | null): Promise<KeptAnswer[]> {
	const envelopes = await tx
		.selectFrom('evaluation.reaction_envelope')
		.select('sealed')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('class_id', '=', classId)
		.execute();
	if (envelopes.length === 0) return [];
	const key = lockedKey === null ? undefined : unlockBox(lockedKey);
	if (key === undefined) throw refused('evaluation.reaction.otherKey');
	return envelopes.flatMap(({ sealed }) => {
		const text = openEnvelope(key, sealed);
		if (text === undefined) throw refused('evaluation.reaction.otherKey');
		return Kept.parse(JSON.parse(text));
	});
}

async function layDown(tx: Tx, agencyId: string, classId: string, answers: KeptAnswer[]): Promise<void> {
	for (let last = answers.length - 1; last > 0; last--) {
		const other = randomInt(last + 1);
		const [a, b] = [answers[last], answers[other]];
		if (a && b) [answers[last], answers[other]] = [b, a];
	}
	await sql`
		insert into evaluation.reaction_answer (agency_id, class_id, item_code, score, remark)
		select ${agencyId}::uuid, ${classId}::uuid, x.item, x.score, x.remark
		from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as x(item text, score smallint, remark text)`.execute(
		tx
	);
}
