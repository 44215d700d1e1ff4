import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Beam } from '#platform/work/command.ts';
import { answerBy, givenSeats } from '../seat-rules.ts';
import { registrationStatus, TAKES_SEAT, type RegistrationStatus } from '../model.ts';
import { candidatesOf, quotasOf } from './candidates.ts';
import type { LockedClass } from './lock.ts';
import { lockPeople } from './lock.ts';
import { busyElsewhere } from './overlap.ts';
import { writeRegistrations } from './registrations.ts';

export type Seating = Pick<Beam, 'tx' | 'now' | 'record'> & { actor: Pick<Actor, 'agencyId'> };
export type Seated = { enrolled: number; waiting: number; already: number };

/** On whose word somebody is seated, and in whose place; null where nobody said so. */
export type Seat = { personId: string; requestedBy: string | null; decidedBy: string | null; note: string };

/**
 * Puts people into a class in the given order: enrolled while seats are free, else waiting. Whoever has a place or
 * waits already is left as is. Needs the lock of the class. Refuses: busy in another class at that time (who, which, when).
 */
export async function seatPeople(
	beam: Seating,
	held: LockedClass,
	seats: readonly Seat[]
): Promise<Seated & { of: Map<string, 'enrolled' | 'waiting'>; ids: Map<string, string> }> {
	const { tx, actor, now } = beam;
	const known = await statusesOf(
		tx,
		actor.agencyId,
		held.id,
		seats.map(({ personId }) => personId)
	);
	const placed: RegistrationStatus[] = ['waiting', ...TAKES_SEAT];
	const coming = seats.filter(({ personId }) => {
		const status = known.get(personId);
		return status === undefined || !placed.includes(status);
	});
	const people = coming.map(({ personId }) => personId);
	await lockPeople(tx, people);
	await refuseBusy(tx, actor, held, people);

	const counts = await countsOf(tx, actor.agencyId, held.id);
	// Nobody jumps a queue that has formed.
	const free = counts.waiting > 0 ? 0 : held.seats - counts.enrolled;
	const given =
		free > 0 ? new Set(await chosen(tx, actor.agencyId, held.id, people, free)) : new Set<string>();
	const of = new Map<string, 'enrolled' | 'waiting'>();
	for (const personId of people) of.set(personId, given.has(personId) ? 'enrolled' : 'waiting');
	const ids = await writeRegistrations(
		tx,
		actor.agencyId,
		held.id,
		now,
		coming.map((seat) => ({
			...seat,
			id: newId(now.getTime()),
			status: of.get(seat.personId) ?? 'waiting',
			decidedAt: now
		}))
	);
	for (const personId of given) beam.record('classes.enrolled', { classId: held.id, personId });
	// A queue whose people are all busy elsewhere, or beyond their quota, must not keep the others out of a free seat.
	if (given.size < people.length)
		for (const personId of await promoteWaiting(beam, held))
			if (of.has(personId)) of.set(personId, 'enrolled');
	const queued = [...of].filter(([, status]) => status === 'waiting');
	for (const [personId] of queued) beam.record('classes.queued', { classId: held.id, personId });
	const waiting = queued.length;
	return { enrolled: of.size - waiting, waiting, already: seats.length - coming.length, of, ids };
}

/** Of these people in this order, those whom the free seats and the quotas let in. */
async function chosen(
	tx: Tx,
	agencyId: string,
	classId: string,
	people: readonly string[],
	free: number,
	busy: ReadonlySet<string> = new Set()
): Promise<string[]> {
	const quotas = await quotasOf(tx, agencyId, classId);
	const queue =
		quotas.length === 0
			? people.map((personId) => ({ personId, unitPath: null, postKind: null }))
			: await candidatesOf(tx, agencyId, people);
	return givenSeats(queue, free, quotas, busy).map(({ personId }) => personId);
}

/**
 * Fills free seats of an open class from its waiting list: given at once, or offered with time to answer where the
 * class says so. Offers that nobody answered in time are taken back first. Answers who got a seat for good or is
 * offered one. Needs the lock of the class.
 */
export async function promoteWaiting(beam: Seating, held: LockedClass): Promise<string[]> {
	const { tx, actor, now, record } = beam;
	// Once the first session has been held, a newcomer would have missed it.
	if (held.status !== 'open') return [];
	await lapse(beam, held);
	const counts = await countsOf(tx, actor.agencyId, held.id);
	const free = held.seats - counts.enrolled;
	if (free <= 0 || counts.waiting === 0) return [];
	const queue = await sql<{ personId: string }>`
		select person_id as "personId" from classes.registration
		where agency_id = ${actor.agencyId} and class_id = ${held.id} and status = 'waiting'
		order by waiting_since, id limit ${free + 100}`.execute(tx);
	const people = queue.rows.map(({ personId }) => personId);
	await lockPeople(tx, people);
	const busy = await busyElsewhere(tx, actor.agencyId, held.id, people, held.zone);
	const moving = await chosen(
		tx,
		actor.agencyId,
		held.id,
		people,
		free,
		new Set(busy.map(({ personId }) => personId))
	);
	if (moving.length === 0) return [];
	const until = answerBy(held.answerHours, now, held.firstSessionAt);
	await sql`
		update classes.registration set status = ${until === null ? 'enrolled' : 'offered'}, decided_by = null, decided_at = ${now},
			waiting_since = null, answer_by = ${until}
		where agency_id = ${actor.agencyId} and class_id = ${held.id} and person_id = any(${moving}::uuid[])`.execute(
		tx
	);
	for (const personId of moving) {
		if (until !== null) {
			record('classes.offered', { classId: held.id, personId });
			continue;
		}
		record('classes.promoted', { classId: held.id, personId });
		record('classes.enrolled', { classId: held.id, personId });
	}
	return until === null ? moving : [];
}

/** Takes back offers whose time is over; `answer_by` stays, so that the screen can say why. */
async function lapse({ tx, actor, now, record }: Seating, held: LockedClass): Promise<void> {
	const lapsed = await sql<{ personId: string }>`
		update classes.registration set status = 'withdrawn', decided_by = null, decided_at = ${now}
		where agency_id = ${actor.agencyId} and class_id = ${held.id} and status = 'offered' and answer_by < ${now}
		returning person_id as "personId"`.execute(tx);
	for (const { personId } of lapsed.rows) record('classes.offerLapsed', { classId: held.id, personId });
}

export async function refuseBusy(
	tx: Tx,
	actor: Pick<Actor, 'agencyId'>,
	held: LockedClass,
	personIds: readonly string[]
): Promise<void> {
	const [busy] = await busyElsewhere(tx, actor.agencyId, held.id, personIds, held.zone);
	if (busy) throw refused('classes.enrol.overlap', { name: busy.name, other: busy.other, when: busy.when });
}

/** Seats that are taken (held or offered) and people who wait. */
export async function countsOf(
	tx: Tx,
	agencyId: string,
	classId: string
): Promise<{ enrolled: number; waiting: number }> {
	const rows = await sql<{ enrolled: number; waiting: number }>`
		select count(*) filter (where status = any(${[...TAKES_SEAT]}))::int as enrolled,
			count(*) filter (where status = 'waiting')::int as waiting
		from classes.registration where agency_id = ${agencyId} and class_id = ${classId}`.execute(tx);
	return rows.rows[0] ?? { enrolled: 0, waiting: 0 };
}

export async function statusesOf(
	tx: Tx,
	agencyId: string,
	classId: string,
	personIds: readonly string[]
): Promise<Map<string, RegistrationStatus>> {
	const rows = await sql<{ person_id: string; status: string }>`
		select person_id, status from classes.registration
		where agency_id = ${agencyId} and class_id = ${classId} and person_id = any(${[...personIds]}::uuid[])`.execute(
		tx
	);
	return new Map(rows.rows.map((row) => [row.person_id, registrationStatus(row.status)]));
}
