import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { formScreen } from '#slices/evaluation/server/class-forms.ts';

export const load = page(async ({ db, actor, id, url, now, today, event }) => {
	const sessionId = url.searchParams.get('session');
	if (sessionId !== null && !isId(sessionId)) throw missing();
	const screen = await formScreen(db, actor, { classId: id('class'), sessionId }, now, today);
	const short = `${url.origin}/t/${encodeURIComponent(screen.class.code)}`;
	return {
		screen,
		address: screen.session === null ? short : `${short}/${screen.session.number}`,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});
