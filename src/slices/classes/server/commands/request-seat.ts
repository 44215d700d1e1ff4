import { AppError, forbidden, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { z } from 'zod';
import { sharedCommand, type Part } from '#platform/work/together.ts';
import type { Tx } from '#platform/db/db.ts';
import { canRequest } from '../../access.ts';
import { RequestSeat } from '../../input.ts';
import type { RegistrationStatus } from '../../model.ts';
import { registrationStep, takesRequests } from '../../rules.ts';
import { approvalFor, stillAsks } from '../../seat-rules.ts';
import { lackingPrograms, noShowsOf, seatPolicy } from '../candidates.ts';
import { lockClass, lockPeople, takingOf, type LockedClass } from '../lock.ts';
import { busyElsewhere } from '../overlap.ts';
import { writeRegistrations } from '../registrations.ts';
import { seatPeople, statusesOf } from '../seats.ts';

type Asking = Part<z.output<typeof RequestSeat>>;
type Asked = { classId: string; registrationId: string; status: RegistrationStatus };
type Outcome = PromiseSettledResult<Asked>;

/**
 * Somebody asks for a seat for themselves. Where the class needs nobody's agreement they get it at once or wait, in the
 * order of arrival; otherwise the supervisor decides first. When registration opens, everybody asks in the same
 * minutes, so askers share a transaction (decision 12). Refuses: class not open, last day over, asked or placed already,
 * a program lacking that must come first (named), another class at that time (which, when).
 */
export const requestSeat = sharedCommand(
	'classes.request',
	RequestSeat,
	{
		lane: (actor) => actor.personId ?? actor.accountId,
		body: async ({ tx, now, today }, parts) => {
			const agencyId = parts[0]?.actor.agencyId ?? '';
			// All classes first, then all people, each in the order of their ids: two transactions never wait for each other.
			const classes = new Map<string, LockedClass | AppError>();
			for (const classId of [...new Set(parts.map(({ input }) => input.classId))].sort())
				classes.set(classId, await lockClass(tx, agencyId, classId).catch(kept));
			const people = parts.flatMap(({ actor }) => actor.personId ?? []);
			await lockPeople(tx, people);
			const asking = await askingOf(tx, agencyId, people, now);
			const outcomes = new Map<Asking, Outcome>();
			for (const [classId, held] of classes) {
				const its = parts.filter(({ input }) => input.classId === classId);
				if (held instanceof AppError) {
					for (const part of its) outcomes.set(part, { status: 'rejected', reason: held });
					continue;
				}
				for (const [part, outcome] of await askedOf(tx, { now, today }, asking, held, its))
					outcomes.set(part, outcome);
			}
			return parts.map(
				(part): Outcome => outcomes.get(part) ?? { status: 'rejected', reason: new Error('no outcome') }
			);
		}
	},
	{ summary: 'Asks for a seat in an open class for oneself' }
);

const kept = (error: unknown): AppError => {
	if (error instanceof AppError) return error;
	throw error;
};

/** What is to know of the askers whatever class they ask for, read once for all of them. */
async function askingOf(tx: Tx, agencyId: string, people: string[], now: Date) {
	const [staff, policy] = await Promise.all([takingOf(tx, agencyId, people), seatPolicy(tx, agencyId)]);
	return {
		takings: new Map(staff.map((taking) => [taking.personId, taking])),
		policy,
		noShows: await noShowsOf(tx, agencyId, people, policy, now)
	};
}

/** What everybody who asks for this class is told, in the order of arrival. */
async function askedOf(
	tx: Tx,
	{ now, today }: { now: Date; today: string },
	{ takings, policy, noShows }: Awaited<ReturnType<typeof askingOf>>,
	held: LockedClass,
	parts: readonly Asking[]
): Promise<Map<Asking, Outcome>> {
	const agencyId = parts[0]?.actor.agencyId ?? '';
	const ids = parts.flatMap(({ actor }) => actor.personId ?? []);
	const [statuses, lacking, busy] = await Promise.all([
		statusesOf(tx, agencyId, held.id, ids),
		lackingPrograms(tx, agencyId, held.id, ids),
		busyElsewhere(tx, agencyId, held.id, ids, held.zone)
	]);
	const clashes = new Map(busy.map((clash) => [clash.personId, clash]));

	const outcomes = new Map<Asking, Outcome>();
	const asks: { part: Asking; personId: string }[] = [];
	const seats: { part: Asking; personId: string }[] = [];
	for (const part of parts) {
		try {
			const { personId } = part.actor;
			const taking = personId === null ? undefined : takings.get(personId);
			if (personId === null || !taking) throw forbidden('classes.request.needsPerson');
			part.permit(canRequest(part.actor, taking));
			takesRequests(held.status);
			stillAsks(held.asksUntil, today);
			registrationStep(statuses.get(personId) ?? null, 'requested', null);
			const missing = lacking.get(personId);
			if (missing !== undefined) throw refused('classes.request.programFirst', { programs: missing });
			const clash = clashes.get(personId);
			if (clash)
				throw refused('classes.enrol.overlap', {
					name: clash.name,
					other: clash.other,
					when: clash.when
				});
			const approval = approvalFor(held.approval, noShows.get(personId) ?? 0, policy);
			(approval === 'none' ? seats : asks).push({ part, personId });
			part.note({ classId: held.id });
		} catch (reason) {
			outcomes.set(part, { status: 'rejected', reason });
		}
	}
	const written = await writeRegistrations(
		tx,
		agencyId,
		held.id,
		now,
		asks.map(({ part, personId }) => ({
			id: newId(now.getTime()),
			personId,
			status: 'requested',
			requestedBy: personId,
			decidedBy: null,
			decidedAt: null,
			note: part.input.note
		}))
	);
	const told = (part: Asking, registrationId: string | undefined, status: RegistrationStatus): void => {
		if (registrationId === undefined) throw new Error('a registration was not written');
		part.note({ registrationId });
		outcomes.set(part, { status: 'fulfilled', value: { classId: held.id, registrationId, status } });
	};
	for (const { part, personId } of asks) {
		told(part, written.get(personId), 'requested');
		part.record('classes.requested', { classId: held.id, personId });
	}
	if (seats.length > 0) {
		const byPerson = new Map(seats.map((seat) => [seat.personId, seat.part]));
		const [first] = seats;
		const { of, ids: seated } = await seatPeople(
			{
				tx,
				now,
				actor: { agencyId },
				record: (name, payload) => {
					const whose = 'personId' in payload ? byPerson.get(payload.personId) : undefined;
					(whose ?? first?.part)?.record(name, payload);
				}
			},
			held,
			seats.map(({ part, personId }) => ({
				personId,
				requestedBy: personId,
				decidedBy: null,
				note: part.input.note
			}))
		);
		for (const { part, personId } of seats) told(part, seated.get(personId), of.get(personId) ?? 'waiting');
	}
	return outcomes;
}
