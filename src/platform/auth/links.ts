import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { makeSecret } from './agency-secret.ts';

export type LinkToMake = { purpose: string; subjectId: string; holder: string; expiresAt: Date };

/** A signed link for somebody without an account. The secret is answered once; only its hash is kept. */
export async function makeLink(
	tx: Tx,
	actor: Actor,
	now: Date,
	link: LinkToMake
): Promise<{ linkId: string; secret: string }> {
	const { secret, hash } = makeSecret(actor.agencyId);
	const linkId = newId();
	await tx
		.insertInto('platform.link')
		.values({
			agency_id: actor.agencyId,
			id: linkId,
			purpose: link.purpose,
			subject_id: link.subjectId,
			token_hash: hash,
			holder: link.holder,
			expires_at: link.expiresAt,
			made_by: actor.accountId,
			created_at: now
		})
		.execute();
	return { linkId, secret };
}

/** Takes a link back at once. */
export async function revokeLink(tx: Tx, agencyId: string, linkId: string, now: Date): Promise<void> {
	await tx
		.updateTable('platform.link')
		.set({ revoked_at: now })
		.where('agency_id', '=', agencyId)
		.where('id', '=', linkId)
		.execute();
}

/** Takes back whatever links of this purpose lead to this thing. */
export async function revokeLinksTo(
	tx: Tx,
	agencyId: string,
	{ purpose, subjectId }: { purpose: string; subjectId: string },
	now: Date
): Promise<void> {
	await tx
		.updateTable('platform.link')
		.set({ revoked_at: now })
		.where('agency_id', '=', agencyId)
		.where('purpose', '=', purpose)
		.where('subject_id', '=', subjectId)
		.where('revoked_at', 'is', null)
		.execute();
}
