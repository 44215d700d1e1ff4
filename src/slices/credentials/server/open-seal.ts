import type { Actor } from '#kernel/actor.ts';
import { forbidden, invalidField, missing, refused } from '#kernel/errors.ts';
import { reading } from '#platform/db/pools.ts';
import { open } from '#platform/signing/closed-box.ts';
import { openP12, type Signer } from '#platform/signing/p12.ts';
import { canIssue } from '../access.ts';
import { keepOpen } from './unlocked.ts';

/** What the P12 files are closed with, beside their own passphrase. */
export const SEAL_PURPOSE = 'credentials.seal';

const REFUSALS = {
	passphrase: 'credentials.seal.wrongPassphrase',
	notP12: 'credentials.seal.notP12',
	noKey: 'credentials.seal.noKey'
} as const;

/** Opens a P12, or says what is wrong with it in the person's own words. */
export function openedOrRefused(content: Uint8Array, passphrase: string, now: Date): Signer {
	const opened = openP12(content, passphrase);
	if (!opened.ok) throw refused(REFUSALS[opened.why]);
	const { validFrom, validTo } = opened.signer.certificate;
	if (new Date(validTo) < now)
		throw refused('credentials.seal.expired', { until: new Date(validTo).toISOString().slice(0, 10) });
	if (new Date(validFrom) > now)
		throw refused('credentials.seal.notYet', { from: new Date(validFrom).toISOString().slice(0, 10) });
	return opened.signer;
}

/**
 * The passphrase from a form, for a seal that is kept: answers the handle under which it stays open in memory. Before
 * any command, because a command's input leaves a trace (its hash under the idempotency key).
 */
export async function unlockSeal(
	actor: Actor,
	sealId: string,
	passphrase: string,
	now: Date
): Promise<string> {
	if (!canIssue(actor)) throw forbidden();
	const seal = await reading(actor.agencyId, (db) =>
		db
			.selectFrom('credentials.seal')
			.select('content')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', sealId)
			.where('retired_at', 'is', null)
			.executeTakeFirst()
	);
	if (!seal) throw missing();
	const content = open(seal.content, SEAL_PURPOSE);
	if (!content) throw refused('credentials.seal.otherInstallation');
	return keepOpen(actor.agencyId, sealId, openedOrRefused(content, passphrase, now), now);
}

/** A file that is being brought: opened once to see that the passphrase fits. */
export function tryNewSeal(actor: Actor, content: Uint8Array, passphrase: string, now: Date): string {
	if (!canIssue(actor)) throw forbidden();
	if (content.length === 0) throw invalidField('file', 'credentials.seal.noFile');
	return keepOpen(actor.agencyId, null, openedOrRefused(content, passphrase, now), now);
}
