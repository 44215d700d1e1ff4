import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import { todayIn } from '#kernel/time.ts';
import { agencyOfSecret, hashOf } from '#platform/auth/agency-secret.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { actorIn, hatsOf } from './actor.ts';

const refuse = () => new AppError('signedOut', 'platform.token.invalid');

/** The actor behind `Authorization: Bearer <token>`: the person who made it, in the hat they made it in. */
export async function actorOfToken(authorization: string | null): Promise<Actor> {
	const secret = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
	const agencyId = agencyOfSecret(secret);
	if (agencyId === null) throw refuse();
	const found = await reading(agencyId, async (db) => {
		const token = await db
			.selectFrom('platform.api_token as t')
			.innerJoin('platform.agency as a', 'a.agency_id', 't.agency_id')
			.select(['t.id', 't.account_id', 't.hat_key', 't.person_id', 't.name', 'a.time_zone'])
			.where('t.token_hash', '=', hashOf(secret))
			.where('t.revoked_at', 'is', null)
			.where('t.expires_at', '>', sql<Date>`now()`)
			.executeTakeFirst();
		if (!token) return undefined;
		const hats = await hatsOf(db, token.person_id, todayIn(token.time_zone, new Date()));
		// A token never falls back to another hat: when the grant behind it has ended, so has the token.
		if (!hats.some((hat) => hat.key === token.hat_key)) return undefined;
		const identity = { accountId: token.account_id, agencyId, personId: token.person_id, name: token.name };
		return { id: token.id, actor: actorIn(identity, hats, token.hat_key) };
	});
	if (!found) throw refuse();
	await writing(agencyId, (tx) =>
		tx
			.updateTable('platform.api_token')
			.set({ last_used_at: new Date() })
			.where('agency_id', '=', agencyId)
			.where('id', '=', found.id)
			.where((eb) =>
				eb.or([
					eb('last_used_at', 'is', null),
					eb('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)
				])
			)
			.execute()
	);
	return found.actor;
}
