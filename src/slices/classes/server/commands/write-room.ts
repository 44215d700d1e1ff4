import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canManage } from '../../access.ts';
import { ChangeRoom, CloseRoom, CreateRoom, OpenRoom } from '../../schedule-input.ts';
import { sessionsInRoom } from '../queries/rooms.ts';

constraintMeans('room_agency_id_code_key', 'classes.room.codeTaken');

/** Refuses: the code is another room's. */
export const createRoom = command(
	'classes.createRoom',
	CreateRoom,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canManage(actor));
		const roomId = newId(now.getTime());
		await tx
			.insertInto('classes.room')
			.values({ agency_id: actor.agencyId, id: roomId, created_at: now, ...columns(input) })
			.execute();
		note({ roomId });
		return { roomId };
	},
	{ summary: 'Enters a room for classes' }
);

/** Refuses: missing; taken out of use while sessions still stand in it. */
export const changeRoom = command(
	'classes.changeRoom',
	ChangeRoom,
	async ({ tx, actor, now, permit, note }, input) => {
		const room = await lockRoom(tx, actor.agencyId, input.roomId);
		permit(canManage(actor));
		if (room.active && !input.active) {
			const ahead = await sessionsInRoom(tx, actor.agencyId, room.id, { from: now, to: null });
			if (ahead.length > 0) throw refused('classes.room.stillBooked', { sessions: ahead.length });
		}
		await tx
			.updateTable('classes.room')
			.set({ ...columns(input), active: input.active })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', room.id)
			.execute();
		note({ roomId: room.id });
		return { roomId: room.id };
	},
	{ summary: 'Changes name, seats and place of a room' }
);

/**
 * Closes a room for days. Sessions already booked in it stay, are shown as standing in a closed room, and the office is
 * told how many there are: each is for a person to move. Nobody can book the room for these days meanwhile.
 */
export const closeRoom = command(
	'classes.closeRoom',
	CloseRoom,
	async ({ tx, actor, now, permit, record, note }, input) => {
		const room = await lockRoom(tx, actor.agencyId, input.roomId);
		permit(canManage(actor));
		const closureId = newId(now.getTime());
		await tx
			.insertInto('classes.room_closure')
			.values({
				agency_id: actor.agencyId,
				id: closureId,
				room_id: room.id,
				starts_on: input.startsOn,
				ends_on: input.endsOn,
				reason: input.reason,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		const concerned = await sessionsInRoom(tx, actor.agencyId, room.id, {
			from: now,
			to: null,
			days: { startsOn: input.startsOn, endsOn: input.endsOn }
		});
		record('classes.roomClosed', { roomId: room.id, closureId });
		note({ roomId: room.id, sessions: concerned.length });
		return { roomId: room.id, closureId, sessions: concerned.length };
	},
	{ summary: 'Closes a room for days and names the sessions concerned' }
);

/** Takes a closure back: the room can be booked again. */
export const openRoom = command(
	'classes.openRoom',
	OpenRoom,
	async ({ tx, actor, permit, note }, { closureId }) => {
		const closure = await tx
			.selectFrom('classes.room_closure')
			.select(['id', 'room_id'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', closureId)
			.forUpdate()
			.executeTakeFirst();
		if (!closure) throw missing();
		permit(canManage(actor));
		await tx
			.deleteFrom('classes.room_closure')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', closureId)
			.execute();
		note({ roomId: closure.room_id });
		return { roomId: closure.room_id };
	},
	{ summary: 'Takes the closure of a room back' }
);

type Typed = {
	code: string;
	name: string;
	seats: number;
	unitId?: string | undefined;
	address: string;
	latitude?: number | undefined;
	longitude?: number | undefined;
};

const columns = (typed: Typed) => ({
	code: typed.code,
	name: typed.name,
	seats: typed.seats,
	unit_id: typed.unitId ?? null,
	address: typed.address,
	latitude: typed.latitude ?? null,
	longitude: typed.longitude ?? null
});

/** The room, held: whoever books it waits until this is done, and then sees it. Refuses: missing. */
async function lockRoom(tx: Tx, agencyId: string, roomId: string): Promise<{ id: string; active: boolean }> {
	const room = await tx
		.selectFrom('classes.room')
		.select(['id', 'active'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', roomId)
		.forUpdate()
		.executeTakeFirst();
	if (!room) throw missing();
	return room;
}
