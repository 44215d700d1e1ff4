import { page } from '#platform/http/page.ts';
import { sessionResults } from '#slices/evaluation/server/class-forms.ts';

export const load = page(async ({ db, actor, id, now, today, event }) => ({
	...(await sessionResults(db, actor, { classId: id('class'), sessionId: id('session') }, now, today)),
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
}));
