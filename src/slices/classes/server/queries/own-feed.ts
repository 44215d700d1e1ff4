import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { FEED_PURPOSE } from '../feed.ts';

/** Since when the actor's calendar has an address that works, and until when; null without one. */
export async function ownFeed(db: Db, actor: Actor, now: Date) {
	const link = await db
		.selectFrom('platform.link')
		.select(['created_at as since', 'expires_at as until'])
		.where('agency_id', '=', actor.agencyId)
		.where('purpose', '=', FEED_PURPOSE)
		.where('subject_id', '=', actor.personId)
		.where('revoked_at', 'is', null)
		.where('expires_at', '>', now)
		.orderBy('created_at', 'desc')
		.executeTakeFirst();
	return link ?? null;
}
