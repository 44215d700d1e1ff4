import { createHash, randomBytes } from 'node:crypto';
import { isId } from '#kernel/ids.ts';

/** sha256, hex: what is stored of a secret that has 256 random bits (no salt or stretching needed). */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * A secret that carries its agency, so that it can be looked up behind row-level security: 32 hex digits of the
 * agency's id, then 43 characters of randomness. Shown once; only its hash is kept.
 */
export function makeSecret(agencyId: string): { secret: string; hash: string } {
	const secret = agencyId.replaceAll('-', '') + randomBytes(32).toString('base64url');
	return { secret, hash: hashOf(secret) };
}

/** The agency a secret claims to be of, or null when it is not of this form. */
export function agencyOfSecret(secret: string): string | null {
	const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{43}$/.exec(secret);
	if (!parts) return null;
	const id = parts.slice(1).join('-');
	return isId(id) ? id : null;
}
