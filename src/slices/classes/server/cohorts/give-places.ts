import { sql } from 'kysely';
import type { Beam } from '#platform/work/command.ts';
import type { Slot } from '../../cohorts/problem.ts';
import { changesBetween } from '../../schedule.ts';
import { refuseTaken, savedBy } from '../commands/write-session.ts';
import type { LockedClass } from '../lock.ts';
import { tellOfChange } from '../session-changes.ts';
import { factsOf, holdRoom } from '../session-facts.ts';
import { seatsAt, writeTogether } from '../session-people.ts';
import { asTeacher, letTeach } from '../teachers.ts';
import { lacksFacilitator, lacksRoom } from './load-places.ts';

type Lacking = { id: string; startsAt: Date; endsAt: Date; room: boolean; facilitator: boolean };

/**
 * The sessions of a class that lack a room or somebody who teaches get those of the split, by the rules of every change
 * of a session; those concerned are told. Refuses: the room is closed or taken, the facilitator elsewhere by now.
 */
export async function givePlaces(
	beam: Beam,
	held: LockedClass,
	{ roomId, facilitatorId }: Pick<Slot, 'roomId' | 'facilitatorId'>
): Promise<void> {
	const { tx, actor, now } = beam;
	const sessions = await sql<Lacking>`
		select x.id, x.starts_at as "startsAt", x.ends_at as "endsAt", ${lacksRoom} as room, ${lacksFacilitator} as facilitator
		from classes.session x where x.agency_id = ${actor.agencyId} and x.class_id = ${held.id} order by x.starts_at, x.id for update`.execute(
		tx
	);
	if (roomId !== null)
		// What people read of the class before they look at its sessions.
		await sql`
			update classes.class c set place = r.name, edition = c.edition + 1, changed_by = ${actor.name}, changed_at = ${now}
			from classes.room r
			where c.agency_id = ${actor.agencyId} and c.id = ${held.id} and c.place = '' and r.agency_id = c.agency_id and r.id = ${roomId}`.execute(
			tx
		);
	const teaching = facilitatorId === null ? [] : [await asTeacher(tx, actor.agencyId, facilitatorId)];
	for (const session of sessions.rows) {
		const room = session.room ? roomId : null;
		const teaches = session.facilitator ? teaching : [];
		if (room === null && teaches.length === 0) continue;
		const before = await factsOf(tx, actor.agencyId, session.id);
		if (room !== null) await holdRoom(tx, actor.agencyId, room, session, held.zone);
		await refuseTaken(beam, held, session.id, session, { teaching: teaches, seats: [], roomId: room });
		await writeTogether(tx, actor.agencyId, session.id, async () => {
			await tx
				.updateTable('classes.session')
				.set({
					...(room === null ? {} : { room_id: room }),
					...(teaches[0] ? { facilitator_id: teaches[0].personId } : {}),
					...savedBy(actor, now)
				})
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', session.id)
				.execute();
			await letTeach(tx, actor.agencyId, session.id, teaches);
		});
		if (held.status === 'planned') continue;
		const after = await factsOf(tx, actor.agencyId, session.id);
		await tellOfChange(beam, {
			classId: held.id,
			sessionId: session.id,
			what: changesBetween(before, after),
			before,
			after,
			note: '',
			concerned: [
				...(await seatsAt(tx, actor.agencyId, held.id, { id: session.id })),
				...teaches.map(({ personId }) => personId)
			]
		});
	}
}
