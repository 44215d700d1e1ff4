import { invalidField, missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canDecide, canEnrol, canManage, canNominate, canWithdraw } from '../../access.ts';
import { DecideRequest, Enrol, Nominate, Withdraw } from '../../input.ts';
import { registrationStep, takesPeople, undecided } from '../../rules.ts';
import { approvalFor, yesLeadsTo } from '../../seat-rules.ts';
import { noShowsOf, seatPolicy } from '../candidates.ts';
import { lockClass, lockRegistration, takingOf } from '../lock.ts';
import { peopleByNip } from '../people-by-nip.ts';
import { coverageOfSeats } from '../queries/seat-coverage.ts';
import { close } from '../registrations.ts';
import { promoteWaiting, seatPeople, type Seat, type Seated } from '../seats.ts';

/**
 * The supervisor's answer: enrolled, waiting when the class is full, or rejected with a reason; where the office has to
 * agree too, a yes goes on to it. A yes that leaves a counter below its minimum is the supervisor's to give, with a
 * reason that the office reads. Refuses: decided already (by whom, when), class over, busy in another class at that time,
 * a counter left short without a reason.
 */
export const decideRequest = command(
	'classes.decideRequest',
	DecideRequest,
	async (beam, input) => {
		const { tx, actor, now, permit, record, note } = beam;
		const asked = await lockRegistration(tx, actor.agencyId, input.registrationId);
		// What the supervisor agreed to is the office's to decide.
		permit(asked.status === 'approved' ? canManage(actor) : canDecide(actor, asked.taking));
		takesPeople(asked.class.status);
		undecided(asked.status, asked.by);
		note({ classId: asked.class.id, registrationId: asked.id });
		const { personId } = asked.taking;
		if (input.decision === 'reject') {
			await close(tx, actor.agencyId, asked.id, 'rejected', actor.personId, input.note, now);
			record('classes.rejected', { classId: asked.class.id, personId });
			return { classId: asked.class.id, status: 'rejected' as const };
		}
		// What the supervisor has weighed once is not asked of the office again.
		if (asked.status === 'requested' && input.note === '') {
			const seat = { id: asked.id, personId, classId: asked.class.id };
			const days = (await coverageOfSeats(tx, actor, [seat])).get(asked.id) ?? [];
			const short = days.find((one) => one.short);
			if (short)
				throw invalidField('note', 'classes.decide.shortNeedsReason', {
					role: short.roles.join(' + '),
					unit: short.unit,
					day: short.day
				});
		}
		const policy = await seatPolicy(tx, actor.agencyId);
		const noShows = await noShowsOf(tx, actor.agencyId, [personId], policy, now);
		const approval = approvalFor(asked.class.approval, noShows.get(personId) ?? 0, policy);
		if (yesLeadsTo(approval, asked.status, canManage(actor)) === 'approved') {
			await close(tx, actor.agencyId, asked.id, 'approved', actor.personId, input.note, now);
			record('classes.approved', { classId: asked.class.id, personId });
			return { classId: asked.class.id, status: 'approved' as const };
		}
		const seated = await seatPeople(beam, asked.class, [
			{ personId, requestedBy: null, decidedBy: actor.personId, note: input.note }
		]);
		return { classId: asked.class.id, status: seated.of.get(personId) ?? ('waiting' as const) };
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
		beam.permit(team.every((taking) => canNominate(beam.actor, taking) || canManage(beam.actor)));
		takesPeople(held.status);
		beam.note({ classId: held.id });
		return tally(
			await seatPeople(
				beam,
				held,
				input.personIds.map((personId) => onOnesWord(beam.actor.personId, personId, input.note))
			)
		);
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
		const { people, unknown } = await peopleByNip(beam.tx, beam.actor.agencyId, input.nips);
		if (unknown.length > 0)
			throw refused('classes.enrol.unknownNip', { nip: unknown[0] ?? '', more: unknown.length });
		beam.note({ classId: held.id });
		return tally(
			await seatPeople(
				beam,
				held,
				people.map((personId) => onOnesWord(beam.actor.personId, personId, input.note))
			)
		);
	},
	{ summary: 'Enrols people by NIP' }
);

/** Gives a seat, a place in the queue or a request back; the first who waits moves up in the same transaction. */
export const withdraw = command(
	'classes.withdraw',
	Withdraw,
	async (beam, input) => {
		const { tx, actor, now, permit, record, note } = beam;
		const seat = await lockRegistration(tx, actor.agencyId, input.registrationId);
		permit(canWithdraw(actor, seat.taking));
		takesPeople(seat.class.status);
		registrationStep(seat.status, 'withdrawn', seat.by);
		await close(tx, actor.agencyId, seat.id, 'withdrawn', actor.personId, input.note, now);
		record('classes.withdrawn', { classId: seat.class.id, personId: seat.taking.personId });
		const moved = await promoteWaiting(beam, seat.class);
		note({ classId: seat.class.id, registrationId: seat.id });
		return { classId: seat.class.id, promoted: moved.length };
	},
	{ summary: 'Gives a seat back; the first who waits moves up' }
);

const onOnesWord = (by: string | null, personId: string, note: string): Seat => ({
	personId,
	requestedBy: by,
	decidedBy: by,
	note
});
const tally = ({ enrolled, waiting, already }: Seated): Seated => ({ enrolled, waiting, already });
