import type { RequestEvent } from '@sveltejs/kit';
import type { RequestContext } from '#platform/http/context.ts';
import { sessionOf } from '#platform/auth/auth.ts';
import { keepCookies } from '#platform/auth/cookies.ts';
import { reading } from '#platform/db/pools.ts';
import { todayIn } from '#kernel/time.ts';
import { actorIn, hatsOf } from './actor.ts';

export const HAT_COOKIE = 'asah_hat';

/** Who is this? Session → person → hats → the actor in the chosen hat. */
export async function contextOf(event: RequestEvent, requestId: string): Promise<RequestContext> {
	const session = await sessionOf(event.request.headers, (cookies) => keepCookies(event, cookies));
	if (session === null) return { requestId, actor: null, hats: [], agency: null };
	return reading(session.agencyId, async (db) => {
		const agency = await db
			.selectFrom('platform.agency')
			.select(['name', 'time_zone'])
			.where('agency_id', '=', session.agencyId)
			.executeTakeFirstOrThrow();
		const today = todayIn(agency.time_zone, new Date());
		const hats = session.personId === null ? [] : await hatsOf(db, session.personId, today);
		return {
			requestId,
			actor: actorIn(session, hats, event.cookies.get(HAT_COOKIE)),
			hats,
			agency: { name: agency.name, timeZone: agency.time_zone }
		};
	});
}
