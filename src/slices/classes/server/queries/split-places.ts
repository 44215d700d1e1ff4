import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canSplit } from '../../cohort-access.ts';
import type { LoadedSplit } from '../cohorts/load-split.ts';
import { roomIdsInUse, teacherIds } from '../cohorts/load-places.ts';

export type RoomChoice = { id: string; name: string; seats: number; unit: string | null; chosen: boolean };
export type TeacherChoice = { id: string; name: string; post: string; chosen: boolean };

/** Rooms and facilitators that a split could give, those it may marked, and what is free for each class. Refuses: missing. */
export async function placesFor(
	db: Db,
	actor: Actor,
	splitId: string,
	{ classes, candidates, missed, problem }: Pick<LoadedSplit, 'classes' | 'candidates' | 'missed' | 'problem'>
) {
	if (!canSplit(actor)) throw missing();
	const rooms = await sql<RoomChoice>`
		select r.id, r.name, r.seats, u.name as unit, w.room_id is not null as chosen
		from classes.room r
		left join people.unit u on u.agency_id = r.agency_id and u.id = r.unit_id
		left join classes.split_room w on w.agency_id = r.agency_id and w.room_id = r.id and w.split_id = ${splitId}
		where r.agency_id = ${actor.agencyId} and (w.room_id is not null or r.id in (${roomIdsInUse}))
		order by r.name limit 500`.execute(db);
	const facilitators = await sql<TeacherChoice>`
		select s.person_id as id, s.name, s.post_title as post, w.person_id is not null as chosen
		from people.staff s
		left join classes.split_facilitator w on w.agency_id = s.agency_id and w.person_id = s.person_id and w.split_id = ${splitId}
		where s.agency_id = ${actor.agencyId} and (w.person_id is not null or s.person_id in (${teacherIds}))
		order by w.person_id is null, s.name limit 500`.execute(db);
	return {
		rooms: rooms.rows,
		facilitators: facilitators.rows,
		classes: classes.map((one) => {
			const wants = problem.cohorts.find(({ id }) => id === one.id)?.wants;
			return {
				id: one.id,
				code: one.code,
				roomId: one.roomId,
				roomByHand: one.roomByHand,
				facilitatorId: one.facilitatorId,
				facilitatorByHand: one.facilitatorByHand,
				wants: { room: !!wants?.rooms, facilitator: !!wants?.facilitators },
				rooms: candidates.rooms.filter(({ classId }) => classId === one.id),
				facilitators: candidates.facilitators
					.filter(({ classId }) => classId === one.id)
					.map(({ id, name }) => ({ id, name, missed: missed.has(`${one.id} ${id}`) }))
			};
		})
	};
}
