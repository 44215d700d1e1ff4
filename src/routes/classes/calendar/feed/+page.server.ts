import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { makeFeed, revokeFeed } from '#slices/classes/server/commands/write-feed.ts';
import { ownFeed } from '#slices/classes/server/queries/own-feed.ts';

export const load = page(async ({ db, actor, now, url, event }) => {
	if (actor.personId === null) throw missing();
	event.setHeaders({ 'cache-control': 'private, no-store' });
	return {
		feed: await ownFeed(db, actor, now),
		origin: url.origin,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	make: formAction(makeFeed, { then: () => ({ say: 'classes.feed.made' }) }),
	revoke: formAction(revokeFeed, { then: () => ({ say: 'classes.feed.revoked' }) })
});
