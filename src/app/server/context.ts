import type { RequestEvent } from '@sveltejs/kit';
import type { RequestContext } from '#platform/http/context.ts';
import { sessionOf } from '#platform/auth/auth.ts';
import { keepCookies } from '#platform/auth/cookies.ts';
import { agencyZone } from '#platform/work/agency-zone.ts';
import { database } from '#platform/db/pools.ts';
import { actorIn, agencyAndHats } from './actor.ts';

export const HAT_COOKIE = 'asah_hat';

/** Who is this? Session → person → hats → the actor in the chosen hat. */
export async function contextOf(event: RequestEvent, requestId: string): Promise<RequestContext> {
	const session = await sessionOf(event.request.headers, (cookies) => keepCookies(event, cookies));
	if (session === null) return { requestId, actor: null, hats: [], agency: null, unread: 0 };
	const { agency, hats, unread } = await agencyAndHats(session.agencyId, session.personId);
	return { requestId, actor: actorIn(session, hats, event.cookies.get(HAT_COOKIE)), hats, agency, unread };
}

/**
 * Doors where one only ever does what is one's own, thousands at once (decision 12): the session says who it is, and no
 * hat is looked up because none is needed. The actor has no ability at all.
 */
export const OWN_DOORS: ReadonlySet<string> = new Set(['/needs/answer', '/hadir/check-in']);

export async function ownContextOf(event: RequestEvent, requestId: string): Promise<RequestContext> {
	const session = await sessionOf(event.request.headers, (cookies) => keepCookies(event, cookies));
	if (session === null) return { requestId, actor: null, hats: [], agency: null, unread: 0 };
	const timeZone = await agencyZone(database().kysely, session.agencyId);
	return {
		requestId,
		actor: actorIn(session, [], undefined),
		hats: [],
		agency: { name: '', timeZone },
		unread: 0
	};
}
