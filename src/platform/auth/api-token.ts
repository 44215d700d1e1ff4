import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { makeSecret } from './agency-secret.ts';

export type TokenStatus = 'valid' | 'revoked' | 'expired';

/** One's own tokens, newest first; the secrets themselves are not kept. */
export async function ownTokens(db: Db, actor: Actor) {
	const rows = await db
		.selectFrom('platform.api_token')
		.select(['id', 'name', 'hat_key', 'expires_at', 'revoked_at', 'last_used_at', 'created_at'])
		.select(
			sql<TokenStatus>`case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'valid' end`.as(
				'status'
			)
		)
		.where('agency_id', '=', actor.agencyId)
		.where('account_id', '=', actor.accountId)
		.orderBy('created_at', 'desc')
		.limit(100)
		.execute();
	return rows;
}

/**
 * Makes a token that acts as its maker in the hat worn now. Answers the secret, which is never shown again.
 * Refuses: an account without a person or hat.
 */
export const makeToken = command(
	'auth.makeToken',
	z.object({ name: z.string().trim().min(3).max(100), days: z.number().int().min(1).max(366) }),
	async ({ tx, actor, now, permit, note }, { name, days }) => {
		permit(true); // everybody may lend what they may do themselves
		if (actor.personId === null || actor.hat === null) throw refused('app.tokens.noHat');
		const { secret, hash } = makeSecret(actor.agencyId);
		const id = newId();
		await tx
			.insertInto('platform.api_token')
			.values({
				agency_id: actor.agencyId,
				id,
				name,
				token_hash: hash,
				account_id: actor.accountId,
				person_id: actor.personId,
				hat_key: actor.hat.key,
				expires_at: new Date(now.getTime() + days * 86_400_000),
				created_at: now
			})
			.execute();
		note({ tokenId: id });
		return { id, secret };
	},
	// The answer holds the secret, so it must not be kept under an idempotency key.
	{ keepAnswer: false }
);

/** Takes a token back at once. Refuses: somebody else's token (as if it were not there). */
export const revokeToken = command(
	'auth.revokeToken',
	z.object({ tokenId: z.uuid() }),
	async ({ tx, actor, now, permit, note }, { tokenId }) => {
		const token = await tx
			.selectFrom('platform.api_token')
			.select(['id', 'account_id'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', tokenId)
			.forUpdate()
			.executeTakeFirst();
		if (!token || token.account_id !== actor.accountId) throw missing();
		permit(true);
		await tx
			.updateTable('platform.api_token')
			.set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(now)) }))
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', tokenId)
			.execute();
		note({ tokenId });
	}
);
