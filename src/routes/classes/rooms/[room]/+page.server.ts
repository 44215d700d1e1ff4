import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { changeRoom, closeRoom, openRoom } from '#slices/classes/server/commands/write-room.ts';
import { owningUnits, roomById } from '#slices/classes/server/queries/rooms.ts';

export const load = page(async ({ db, actor, id, now, today, event }) => {
	const sheet = await roomById(db, actor, id('room'), now);
	return {
		...sheet,
		units: sheet.can.manage ? await owningUnits(db, actor) : [],
		today,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	change: formAction(changeRoom, { then: () => ({ say: 'classes.room.changed' }) }),
	close: formAction(closeRoom, {
		then: ({ sessions }) =>
			sessions > 0
				? { say: 'classes.room.closedWith', params: { sessions } }
				: { say: 'classes.room.closedWithout' }
	}),
	open: formAction(openRoom, { then: () => ({ say: 'classes.room.opened' }) })
});
