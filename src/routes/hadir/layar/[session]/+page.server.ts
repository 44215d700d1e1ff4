import { page } from '#platform/http/page.ts';
import { codeScreen } from '#slices/classes/server/queries/code-screen.ts';

export const load = page(async ({ db, actor, id, now, url, event }) => ({
	screen: await codeScreen(db, actor, id('session'), now),
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta',
	site: url.origin
}));
