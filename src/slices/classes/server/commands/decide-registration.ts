import { forbidden, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import type { Tx } from '#platform/db/db.ts';
import { canDecide, canEnrol, canNominate, canRequest, canWithdraw } from '../../access.ts';
import { DecideRequest, Enrol, Nominate, RequestSeat, Withdraw } from '../../input.ts';
import { registrationStatus } from '../../model.ts';
import { registrationStep, takesPeople, takesRequests, undecided } from '../../rules.ts';
import { lockClass, lockPeople, lockRegistration, takingOf } from '../lock.ts';
import { promoteWaiting, refuseBusy, seatPeople, writeRegistrations } from '../seats.ts';

/**
 * Somebody asks for a seat for themselves; their supervisor decides. Refuses: class not open, asked or placed already,
 * has another class at that time.
 */
export const requestSeat = command(
	'classes.request',
	RequestSeat,
	async ({ tx, actor, now, permit, note }, input) => {
		const held = await lockClass(tx, actor.agencyId, input.classId);
		if (actor.personId === null) throw forbidden('classes.request.needsPerson');
		const [taking] = await takingOf(tx, actor.agencyId, [actor.personId]);
		if (!taking) throw forbidden('classes.request.needsPerson');
		permit(canRequest(actor, taking));
		takesRequests(held.status);
		const earlier = await earlierOf(tx, actor.agencyId, held.id, actor.personId);
		registrationStep(earlier?.status ?? null, 'requested', null);
		await lockPeople(tx, [actor.personId]);
		await refuseBusy(tx, actor, held, [actor.personId]);
		const id = earlier?.id ?? newId(now.getTime());
		await writeRegistrations(tx, [
			{
				agency_id: actor.agencyId,
				id,
				class_id: held.id,
				person_id: actor.personId,
				status: 'requested',
				requested_at: now,
				requested_by: actor.personId,
				decided_by: null,
				decided_at: null,
				note: input.note,
				waiting_since: null
			}
		]);
		note({ classId: held.id, registrationId: id });
		return { classId: held.id, registrationId: id };
	},
	{ summary: 'Asks for a seat in an open class for oneself' }
);

/**
 * The supervisor's answer: enrolled, waiting when the class is full, or rejected with a reason. Refuses: decided
 * already (by whom, when), class over, busy in another class at that time.
 */
export const decideRequest = command(
	'classes.decideRequest',
	DecideRequest,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const asked = await lockRegistration(tx, actor.agencyId, input.registrationId);
		permit(canDecide(actor, asked.taking));
		takesPeople(asked.class.status);
		undecided(asked.status, asked.by);
		note({ classId: asked.class.id, registrationId: asked.id });
		if (input.decision === 'approve') {
			const seated = await seatPeople(beam, asked.class, [asked.taking.personId], input.note);
			return {
				classId: asked.class.id,
				status: seated.enrolled > 0 ? ('enrolled' as const) : ('waiting' as const)
			};
		}
		await close(tx, actor.agencyId, asked.id, 'rejected', actor.personId, input.note, now);
		return { classId: asked.class.id, status: 'rejected' as const };
	},
	{ summary: 'Approves or rejects a request for a seat' }
);

/** A supervisor sends people of the own team: asking and approving in one. Refuses: not of the team, as above. */
export const nominate = command(
	'classes.nominate',
	Nominate,
	async (beam, input) => {
		const held = await lockClass(beam.tx, beam.actor.agencyId, input.classId);
		const team = await takingOf(beam.tx, beam.actor.agencyId, input.personIds);
		if (team.length < new Set(input.personIds).size) throw missing();
		beam.permit(team.every((taking) => canNominate(beam.actor, taking)));
		takesPeople(held.status);
		beam.note({ classId: held.id });
		return seatPeople(beam, held, input.personIds, input.note);
	},
	{ summary: 'Sends people of the own team to a class' }
);

/** The training office puts people in by NIP. Refuses: unknown NIP, as above. */
export const enrol = command(
	'classes.enrol',
	Enrol,
	async (beam, input) => {
		const held = await lockClass(beam.tx, beam.actor.agencyId, input.classId);
		beam.permit(canEnrol(beam.actor));
		takesPeople(held.status);
		const people = await peopleByNip(beam.tx, beam.actor.agencyId, input.nips);
		beam.note({ classId: held.id });
		return seatPeople(beam, held, people, input.note);
	},
	{ summary: 'Enrols people by NIP' }
);

/** Gives a seat, a place in the queue or a request back; the first who waits moves up in the same transaction. */
export const withdraw = command(
	'classes.withdraw',
	Withdraw,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const seat = await lockRegistration(tx, actor.agencyId, input.registrationId);
		permit(canWithdraw(actor, seat.taking));
		takesPeople(seat.class.status);
		registrationStep(seat.status, 'withdrawn', seat.by);
		await close(tx, actor.agencyId, seat.id, 'withdrawn', actor.personId, input.note, now);
		const moved = await promoteWaiting(beam, seat.class);
		note({ classId: seat.class.id, registrationId: seat.id });
		return { classId: seat.class.id, promoted: moved.length };
	},
	{ summary: 'Gives a seat back; the first who waits moves up' }
);

async function close(
	tx: Tx,
	agencyId: string,
	registrationId: string,
	status: 'rejected' | 'withdrawn',
	decidedBy: string | null,
	why: string,
	now: Date
): Promise<void> {
	await tx
		.updateTable('classes.registration')
		.set({
			status,
			decided_by: decidedBy,
			decided_at: now,
			waiting_since: null,
			...(why === '' ? {} : { note: why })
		})
		.where('agency_id', '=', agencyId)
		.where('id', '=', registrationId)
		.execute();
}

async function earlierOf(tx: Tx, agencyId: string, classId: string, personId: string) {
	const row = await tx
		.selectFrom('classes.registration')
		.select(['id', 'status'])
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	return row && { id: row.id, status: registrationStatus(row.status) };
}

/** People of these NIPs in the order in which they were typed. Refuses: a NIP nobody here has. */
async function peopleByNip(tx: Tx, agencyId: string, nips: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('people.staff')
		.select(['person_id', 'nip'])
		.where('agency_id', '=', agencyId)
		.where('nip', 'in', [...nips])
		.execute();
	const byNip = new Map(rows.map((row) => [row.nip, row.person_id]));
	const unknown = nips.filter((nip) => !byNip.has(nip));
	if (unknown.length > 0)
		throw refused('classes.enrol.unknownNip', { nip: unknown[0] ?? '', more: unknown.length });
	return nips.flatMap((nip) => byNip.get(nip) ?? []);
}
