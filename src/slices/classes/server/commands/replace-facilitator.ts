import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canExcuse, canManage } from '../../access.ts';
import { ExcuseFacilitator, SubstituteFacilitator } from '../../input.ts';
import { changeable } from '../../rules.ts';
import { lockSession, type LockedSession } from '../lock.ts';
import { tellOfChange } from '../session-changes.ts';
import { factsOf } from '../session-facts.ts';
import { facilitatorsAt, seatsAt } from '../session-people.ts';
import { asTeacher, letTeach } from '../teachers.ts';
import { notYetHeld, refuseTaken, savedBy } from './write-session.ts';

/**
 * A facilitator can't come, be it an hour before: the session says so, the hours of this person are free again, and the
 * next of the facilitators leads. Refuses: does not teach it, the session is over or called off.
 */
export const excuseFacilitator = command(
	'classes.excuseFacilitator',
	ExcuseFacilitator,
	async (beam, { sessionId, personId, reason }) => {
		const { tx, actor, now, permit, note } = beam;
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canExcuse(actor, personId));
		changeable(session.class.status);
		notYetHeld(session);
		const taught = await facilitatorsAt(tx, actor.agencyId, sessionId);
		if (!taught.some((one) => one.personId === personId)) throw missing();
		if (now >= session.endsAt) throw refused('classes.excuse.over', { topic: session.topic });
		const before = await factsOf(tx, actor.agencyId, sessionId);
		await tx
			.updateTable('classes.session_facilitator')
			.set({ cancelled_at: now, cancelled_note: reason })
			.where('agency_id', '=', actor.agencyId)
			.where('session_id', '=', sessionId)
			.where('person_id', '=', personId)
			.execute();
		await setLeader(
			tx,
			actor.agencyId,
			session,
			taught.find((one) => one.personId !== personId)?.personId ?? null
		);
		await tx
			.updateTable('classes.session')
			.set(savedBy(actor, now))
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', sessionId)
			.execute();
		await tellOfChange(beam, {
			classId: session.class.id,
			sessionId,
			what: ['facilitatorOut'],
			before,
			after: await factsOf(tx, actor.agencyId, sessionId),
			// Why somebody can't come is theirs and the office's; it is not told to the class.
			note: '',
			concerned: [
				...(await seatsAt(tx, actor.agencyId, session.class.id, { id: sessionId })),
				...taught.map((one) => one.personId)
			]
		});
		note({ classId: session.class.id, sessionId, personId });
		return { classId: session.class.id, sessionId };
	},
	{ summary: 'A facilitator calls off a session' }
);

/** Somebody steps in. Refuses: teaches or attends elsewhere then (who, where, when), nobody active. */
export const substituteFacilitator = command(
	'classes.substituteFacilitator',
	SubstituteFacilitator,
	async (beam, { sessionId, personId, kind }) => {
		const { tx, actor, now, permit, note } = beam;
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canManage(actor));
		changeable(session.class.status);
		notYetHeld(session);
		const before = await factsOf(tx, actor.agencyId, sessionId);
		const taught = await facilitatorsAt(tx, actor.agencyId, sessionId);
		const comes = await asTeacher(tx, actor.agencyId, personId, kind);
		await refuseTaken({ tx, actor }, session.class, sessionId, session, {
			teaching: [comes],
			seats: [],
			roomId: null
		});
		await letTeach(tx, actor.agencyId, sessionId, [comes], taught.length);
		if (session.facilitatorId === null) await setLeader(tx, actor.agencyId, session, personId);
		await tx
			.updateTable('classes.session')
			.set(savedBy(actor, now))
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', sessionId)
			.execute();
		await tellOfChange(beam, {
			classId: session.class.id,
			sessionId,
			what: ['facilitator'],
			before,
			after: await factsOf(tx, actor.agencyId, sessionId),
			note: '',
			concerned: [
				...(await seatsAt(tx, actor.agencyId, session.class.id, { id: sessionId })),
				...taught.map((one) => one.personId),
				personId
			]
		});
		note({ classId: session.class.id, sessionId, personId });
		return { classId: session.class.id, sessionId };
	},
	{ summary: 'A substitute teaches a session' }
);

async function setLeader(
	tx: Tx,
	agencyId: string,
	session: LockedSession,
	personId: string | null
): Promise<void> {
	if (session.facilitatorId === personId) return;
	const stays = await tx
		.selectFrom('classes.session_facilitator')
		.select('person_id')
		.where('agency_id', '=', agencyId)
		.where('session_id', '=', session.id)
		.where('cancelled_at', 'is', null)
		.where('person_id', 'is not distinct from', session.facilitatorId)
		.executeTakeFirst();
	// Whoever still teaches leads on.
	if (stays) return;
	await tx
		.updateTable('classes.session')
		.set({ facilitator_id: personId })
		.where('agency_id', '=', agencyId)
		.where('id', '=', session.id)
		.execute();
}
