import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { listedRooms, ROOM_SORTS } from '#slices/classes/rooms-list.ts';
import { createRoom } from '#slices/classes/server/commands/write-room.ts';
import { owningUnits, roomsOf } from '#slices/classes/server/queries/rooms.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, now, url }) => {
	const { rooms, can } = await roomsOf(db, actor, now);
	const list = listQuery(url, { sorts: ROOM_SORTS });
	const found = listedRooms(rooms, list.search, list.sort);
	return {
		rooms: found.slice(list.offset, list.offset + list.size),
		all: rooms.length,
		inUse: rooms.filter(({ active }) => active).length,
		list,
		total: found.length,
		can,
		units: can.manage ? await owningUnits(db, actor) : []
	};
});

export const actions = formActions({
	default: formAction(createRoom, { then: ({ roomId }) => ({ to: `/classes/rooms/${roomId}` }) })
});
