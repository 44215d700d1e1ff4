import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Beam } from '#platform/work/command.ts';
import { promoted, seatFor } from '../rules.ts';
import { registrationStatus, type RegistrationStatus } from '../model.ts';
import type { LockedClass } from './lock.ts';
import { lockPeople } from './lock.ts';
import { busyElsewhere } from './overlap.ts';

type Seating = Pick<Beam, 'tx' | 'actor' | 'now' | 'record'>;
export type Seated = { enrolled: number; waiting: number; already: number };

/**
 * Puts people into a class in the given order: enrolled while seats are free, else waiting. Whoever has a place or
 * waits already is left as is. Needs the lock of the class. Refuses: busy in another class at that time (who, which, when).
 */
export async function seatPeople(
	beam: Seating,
	held: LockedClass,
	personIds: readonly string[],
	note: string
): Promise<Seated> {
	const { tx, actor, now } = beam;
	const known = await statusesOf(tx, actor, held.id, personIds);
	const placed: RegistrationStatus[] = ['enrolled', 'waiting', 'passed', 'failed'];
	const coming = personIds.filter((personId) => {
		const status = known.get(personId);
		return status === undefined || !placed.includes(status);
	});
	await lockPeople(tx, coming);
	await refuseBusy(tx, actor, held, coming);

	const counts = await countsOf(tx, actor.agencyId, held.id);
	const seated: Seated = { enrolled: 0, waiting: 0, already: personIds.length - coming.length };
	const rows = coming.map((personId, index) => {
		const status = seatFor(held.seats, counts.enrolled + seated.enrolled, counts.waiting + seated.waiting);
		seated[status] += 1;
		return {
			agency_id: actor.agencyId,
			id: newId(now.getTime()),
			class_id: held.id,
			person_id: personId,
			status,
			requested_at: now,
			requested_by: actor.personId,
			decided_by: actor.personId,
			decided_at: now,
			note,
			// One more millisecond each keeps the order of a list that was put in at once.
			waiting_since: status === 'waiting' ? new Date(now.getTime() + index) : null
		};
	});
	await writeRegistrations(tx, rows);
	for (const row of rows)
		if (row.status === 'enrolled')
			beam.record('classes.enrolled', { classId: held.id, personId: row.person_id });
	// A queue whose people are all busy elsewhere must not keep the others out of a free seat.
	const moved = seated.waiting > 0 ? await promoteWaiting(beam, held) : [];
	const own = moved.filter((personId) => coming.includes(personId)).length;
	return { ...seated, enrolled: seated.enrolled + own, waiting: seated.waiting - own };
}

/** Fills free seats of an open class from its waiting list; answers who moved up. Needs the lock of the class. */
export async function promoteWaiting(beam: Seating, held: LockedClass): Promise<string[]> {
	const { tx, actor, now, record } = beam;
	// Once the first session has been held, a newcomer would have missed it.
	if (held.status !== 'open') return [];
	const counts = await countsOf(tx, actor.agencyId, held.id);
	const free = held.seats - counts.enrolled;
	if (free <= 0 || counts.waiting === 0) return [];
	const queue = await sql<{ registrationId: string; personId: string }>`
		select id as "registrationId", person_id as "personId" from classes.registration
		where agency_id = ${actor.agencyId} and class_id = ${held.id} and status = 'waiting'
		order by waiting_since, id limit ${free + 100}`.execute(tx);
	const people = queue.rows.map(({ personId }) => personId);
	await lockPeople(tx, people);
	const busy = await busyElsewhere(tx, actor.agencyId, held.id, people, held.zone);
	const moving = promoted(queue.rows, free, new Set(busy.map(({ personId }) => personId)));
	if (moving.length === 0) return [];
	await sql`
		update classes.registration set status = 'enrolled', decided_by = null, decided_at = ${now}, waiting_since = null
		where agency_id = ${actor.agencyId} and id = any(${moving.map(({ registrationId }) => registrationId)}::uuid[])`.execute(
		tx
	);
	for (const { personId } of moving) {
		record('classes.promoted', { classId: held.id, personId });
		record('classes.enrolled', { classId: held.id, personId });
	}
	return moving.map(({ personId }) => personId);
}

export async function refuseBusy(
	tx: Tx,
	actor: Actor,
	held: LockedClass,
	personIds: readonly string[]
): Promise<void> {
	const [busy] = await busyElsewhere(tx, actor.agencyId, held.id, personIds, held.zone);
	if (busy) throw refused('classes.enrol.overlap', { name: busy.name, other: busy.other, when: busy.when });
}

export async function countsOf(
	tx: Tx,
	agencyId: string,
	classId: string
): Promise<{ enrolled: number; waiting: number }> {
	const rows = await sql<{ enrolled: number; waiting: number }>`
		select count(*) filter (where status in ('enrolled', 'passed', 'failed'))::int as enrolled,
			count(*) filter (where status = 'waiting')::int as waiting
		from classes.registration where agency_id = ${agencyId} and class_id = ${classId}`.execute(tx);
	return rows.rows[0] ?? { enrolled: 0, waiting: 0 };
}

async function statusesOf(tx: Tx, actor: Actor, classId: string, personIds: readonly string[]) {
	const rows = await tx
		.selectFrom('classes.registration')
		.select(['person_id', 'status'])
		.where('agency_id', '=', actor.agencyId)
		.where('class_id', '=', classId)
		.where('person_id', 'in', [...personIds])
		.execute();
	return new Map(rows.map((row) => [row.person_id, registrationStatus(row.status)]));
}

type Row = {
	agency_id: string;
	id: string;
	class_id: string;
	person_id: string;
	status: RegistrationStatus;
	requested_at: Date;
	requested_by: string | null;
	decided_by: string | null;
	decided_at: Date | null;
	note: string;
	waiting_since: Date | null;
};

/** New registrations, or the former ones of the same people brought back; an approval keeps who had asked, and when. */
export async function writeRegistrations(tx: Tx, rows: readonly Row[]): Promise<void> {
	if (rows.length === 0) return;
	await tx
		.insertInto('classes.registration')
		.values([...rows])
		.onConflict((conflict) =>
			conflict.columns(['agency_id', 'class_id', 'person_id']).doUpdateSet((eb) => ({
				status: eb.ref('excluded.status'),
				requested_at: sql<Date>`case when excluded.status = 'requested' then excluded.requested_at else classes.registration.requested_at end`,
				requested_by: sql<string>`case when excluded.status = 'requested' then excluded.requested_by else classes.registration.requested_by end`,
				decided_by: eb.ref('excluded.decided_by'),
				decided_at: eb.ref('excluded.decided_at'),
				note: sql<string>`case when excluded.note = '' then classes.registration.note else excluded.note end`,
				waiting_since: eb.ref('excluded.waiting_since')
			}))
		)
		.execute();
}
