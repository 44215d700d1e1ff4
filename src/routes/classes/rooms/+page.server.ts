import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { createRoom } from '#slices/classes/server/commands/write-room.ts';
import { owningUnits, roomsOf } from '#slices/classes/server/queries/rooms.ts';

export const load = page(async ({ db, actor, now }) => {
	const { rooms, can } = await roomsOf(db, actor, now);
	return { rooms, can, units: can.manage ? await owningUnits(db, actor) : [] };
});

export const actions = formActions({
	default: formAction(createRoom, { then: ({ roomId }) => ({ to: `/classes/rooms/${roomId}` }) })
});
