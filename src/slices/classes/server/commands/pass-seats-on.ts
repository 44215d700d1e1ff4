import { sql } from 'kysely';
import { z } from 'zod';
import { isSelf } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canManage, canNominate, canWithdraw } from '../../access.ts';
import { AnswerOffer, MoveClass, Replace } from '../../input.ts';
import { registrationStep, replaceable, takesPeople } from '../../rules.ts';
import { stillOffered } from '../../seat-rules.ts';
import { seatPolicy } from '../candidates.ts';
import { lockClass, lockPeople, lockRegistration, takingOf } from '../lock.ts';
import { close, writeRegistrations } from '../registrations.ts';
import { promoteWaiting, refuseBusy, statusesOf } from '../seats.ts';

/**
 * Takes or declines a seat that became free; who declines leaves, and the next is offered it. Refuses: somebody else's,
 * too late, busy in another class by now.
 */
export const answerOffer = command(
	'classes.answerOffer',
	AnswerOffer,
	async (beam, { registrationId, answer }) => {
		const { tx, actor, now, permit, note, record } = beam;
		const offer = await lockRegistration(tx, actor.agencyId, registrationId);
		permit(isSelf(actor, offer.taking.personId));
		takesPeople(offer.class.status);
		registrationStep(offer.status, answer === 'accept' ? 'enrolled' : 'withdrawn', offer.by);
		note({ classId: offer.class.id, registrationId });
		if (answer === 'decline') {
			await close(tx, actor.agencyId, offer.id, 'withdrawn', actor.personId, '', now);
			const moved = await promoteWaiting(beam, offer.class);
			return { classId: offer.class.id, status: 'withdrawn' as const, promoted: moved.length };
		}
		stillOffered(offer.answerBy, now);
		const { personId } = offer.taking;
		await lockPeople(tx, [personId]);
		await refuseBusy(tx, actor, offer.class, [personId]);
		await close(tx, actor.agencyId, offer.id, 'enrolled', null, '', now);
		record('classes.enrolled', { classId: offer.class.id, personId });
		return { classId: offer.class.id, status: 'enrolled' as const, promoted: 0 };
	},
	{ summary: 'Takes or declines a seat that became free' }
);

/**
 * Somebody of the same reach comes in another's seat, past the waiting list: duty calls one, the counter sends the other.
 * Refuses: no seat to give, not of the team, has a place already, busy in another class then (which, when).
 */
export const replace = command(
	'classes.replace',
	Replace,
	async (beam, input) => {
		const { tx, actor, now, permit, note, record } = beam;
		const seat = await lockRegistration(tx, actor.agencyId, input.registrationId);
		const [coming] = await takingOf(tx, actor.agencyId, [input.personId]);
		if (!coming) throw missing();
		const mayGive = canWithdraw(actor, seat.taking) && !isSelf(actor, seat.taking.personId);
		permit(mayGive && (canManage(actor) || canNominate(actor, coming)));
		takesPeople(seat.class.status);
		replaceable(seat.status);
		const known = await statusesOf(tx, actor.agencyId, seat.class.id, [input.personId]);
		registrationStep(known.get(input.personId) ?? null, 'enrolled', null);
		await lockPeople(tx, [input.personId]);
		await refuseBusy(tx, actor, seat.class, [input.personId]);
		await close(tx, actor.agencyId, seat.id, 'withdrawn', actor.personId, input.note, now);
		record('classes.withdrawn', { classId: seat.class.id, personId: seat.taking.personId });
		const ids = await writeRegistrations(tx, actor.agencyId, seat.class.id, now, [
			{
				id: newId(now.getTime()),
				personId: input.personId,
				status: 'enrolled',
				requestedBy: actor.personId,
				decidedBy: actor.personId,
				decidedAt: now,
				note: input.note,
				replacesId: seat.id
			}
		]);
		record('classes.enrolled', { classId: seat.class.id, personId: input.personId });
		note({ classId: seat.class.id, registrationId: ids.get(input.personId) ?? seat.id });
		return { classId: seat.class.id, name: coming.name };
	},
	{ summary: 'Sends somebody else in the seat of a person who cannot come' }
);

/** Takes back offers nobody answered in time and offers the seats on; the clock asks for it (app/server/seat-clock.ts). */
export const lapseOffers = command(
	'classes.lapseOffers',
	MoveClass,
	async (beam, { classId }) => {
		const held = await lockClass(beam.tx, beam.actor.agencyId, classId);
		beam.permit(canManage(beam.actor));
		const moved = await promoteWaiting(beam, held);
		beam.note({ classId });
		return { classId, promoted: moved.length };
	},
	{ summary: 'Takes back offered seats that nobody answered in time' }
);

/** Requests that the supervisor let lie too long may from now on be decided by the next above; the clock asks for it. */
export const escalateRequests = command(
	'classes.escalate',
	z.object({}),
	async ({ tx, actor, now, permit, record, note }) => {
		permit(canManage(actor));
		const { decideHours } = await seatPolicy(tx, actor.agencyId);
		const late = await sql<{ classId: string; personId: string }>`
			update classes.registration r set escalated_at = ${now}
			from classes.class c
			where r.agency_id = ${actor.agencyId} and r.status = 'requested' and r.escalated_at is null
				and r.requested_at < ${now}::timestamptz - make_interval(hours => ${decideHours})
				and c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
			returning r.class_id as "classId", r.person_id as "personId"`.execute(tx);
		for (const payload of late.rows) record('classes.escalated', payload);
		note({ requests: late.rows.length });
		return { requests: late.rows.length };
	},
	{ summary: 'Lets the next above decide requests that waited too long' }
);
