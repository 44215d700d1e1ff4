import type { RequestEvent } from '@sveltejs/kit';
import type { RequestContext } from '#platform/http/context.ts';
import { sessionOf } from '#platform/auth/auth.ts';
import { keepCookies } from '#platform/auth/cookies.ts';
import { actorIn, agencyAndHats } from './actor.ts';

export const HAT_COOKIE = 'asah_hat';

/** Who is this? Session → person → hats → the actor in the chosen hat. */
export async function contextOf(event: RequestEvent, requestId: string): Promise<RequestContext> {
	const session = await sessionOf(event.request.headers, (cookies) => keepCookies(event, cookies));
	if (session === null) return { requestId, actor: null, hats: [], agency: null };
	const { agency, hats } = await agencyAndHats(session.agencyId, session.personId);
	return { requestId, actor: actorIn(session, hats, event.cookies.get(HAT_COOKIE)), hats, agency };
}
