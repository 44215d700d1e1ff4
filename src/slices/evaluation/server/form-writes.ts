import { sql } from 'kysely';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import type { FormKey } from '../model.ts';
import type { KeptAnswer } from '../rules.ts';

/** Every write into the four tables of a class's form or of a session's, each table by its name. `agency` is the actor's. */
type Of = FormKey & { agency: string };

/** That somebody has answered: the day, and nothing else. */
export const markGiven = (tx: Tx, { agency, classId, sessionId }: Of, personId: string, today: CivilDate) =>
	sessionId === null
		? tx
				.insertInto('evaluation.reaction_given')
				.values({ agency_id: agency, class_id: classId, person_id: personId, given_on: today })
				.execute()
		: tx
				.insertInto('evaluation.session_given')
				.values({ agency_id: agency, session_id: sessionId, person_id: personId, given_on: today })
				.execute();

export const putEnvelope = (tx: Tx, { agency, classId, sessionId }: Of, sealed: Buffer) =>
	sessionId === null
		? tx
				.insertInto('evaluation.reaction_envelope')
				.values({ agency_id: agency, class_id: classId, sealed })
				.execute()
		: tx
				.insertInto('evaluation.session_envelope')
				.values({ agency_id: agency, session_id: sessionId, sealed })
				.execute();

type Box = { versionId: string; publicKey: Buffer; lockedKey: Buffer };

/** Whoever comes second finds the box of the first. */
export const makeBox = (tx: Tx, { agency, classId, sessionId }: Of, box: Box) => {
	const made = {
		agency_id: agency,
		version_id: box.versionId,
		public_key: box.publicKey,
		locked_key: box.lockedKey
	};
	return sessionId === null
		? tx
				.insertInto('evaluation.reaction_box')
				.values({ ...made, class_id: classId })
				.onConflict((conflict) => conflict.doNothing())
				.execute()
		: tx
				.insertInto('evaluation.session_box')
				.values({ ...made, session_id: sessionId })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
};

/** Answers as they lie: in the order they are given here, which is nobody's. */
export async function layDown(
	tx: Tx,
	{ agency, classId, sessionId }: Of,
	answers: readonly KeptAnswer[]
): Promise<void> {
	const lines = sql`jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
		as x(item text, score smallint, grade smallint, before smallint, remark text)`;
	if (sessionId === null)
		await sql`
			insert into evaluation.reaction_answer (agency_id, class_id, item_code, score, grade, grade_before, remark)
			select ${agency}::uuid, ${classId}::uuid, x.item, x.score, x.grade, x.before, x.remark from ${lines}`.execute(
			tx
		);
	else
		await sql`
			insert into evaluation.session_answer (agency_id, session_id, item_code, score, grade, grade_before, remark)
			select ${agency}::uuid, ${sessionId}::uuid, x.item, x.score, x.grade, x.before, x.remark from ${lines}`.execute(
			tx
		);
}

/** Envelopes and key go, and the box counts as opened; one that nobody answered too. */
export async function closeBox(tx: Tx, { agency, classId, sessionId }: Of, today: CivilDate): Promise<void> {
	const empty = { agency_id: agency, public_key: Buffer.alloc(0), opened_on: today };
	const opened = { locked_key: null, opened_on: today };
	if (sessionId === null) {
		await tx
			.deleteFrom('evaluation.reaction_envelope')
			.where('agency_id', '=', agency)
			.where('class_id', '=', classId)
			.execute();
		await tx
			.insertInto('evaluation.reaction_box')
			.values({ ...empty, class_id: classId })
			.onConflict((conflict) => conflict.columns(['agency_id', 'class_id']).doUpdateSet(opened))
			.execute();
		return;
	}
	await tx
		.deleteFrom('evaluation.session_envelope')
		.where('agency_id', '=', agency)
		.where('session_id', '=', sessionId)
		.execute();
	await tx
		.insertInto('evaluation.session_box')
		.values({ ...empty, session_id: sessionId })
		.onConflict((conflict) => conflict.columns(['agency_id', 'session_id']).doUpdateSet(opened))
		.execute();
}
