import { page } from '#platform/http/page.ts';
import { classMessage } from '#slices/classes/server/queries/class-message.ts';

export const load = page(async ({ db, actor, id, now, url, event }) => {
	const zone = event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta';
	const classId = id('id');
	return {
		message: await classMessage(db, actor, classId, now, zone),
		address: `${url.origin}/classes/${classId}`,
		zone
	};
});
