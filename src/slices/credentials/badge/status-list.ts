import { gzipSync } from 'node:zlib';
import { CREDENTIALS_V2 } from './offline-context.ts';

/** Bits in one list: the least the standard allows, so that nobody can tell from a look-up whom it was about. */
const BITS = 131_072;

export const listOf = (position: number): number => Math.floor(position / BITS) + 1;
export const bitOf = (position: number): number => position % BITS;

/** The list as the standard compresses it: bit 0 is the leftmost. @law W3C Bitstring Status List 1.0 §3 */
export function encodedList(revoked: readonly number[]): string {
	const bytes = Buffer.alloc(BITS / 8);
	for (const bit of revoked) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
	return `u${gzipSync(bytes).toString('base64url')}`;
}

/** The list as a credential of its own, still without proof. Standing is looked up anew after a day. */
export const statusListCredential = (
	address: string,
	issuer: string,
	revoked: readonly number[],
	now: Date
) => ({
	'@context': [CREDENTIALS_V2],
	id: address,
	type: ['VerifiableCredential', 'BitstringStatusListCredential'],
	issuer,
	validFrom: now.toISOString(),
	validUntil: new Date(now.getTime() + 86_400_000).toISOString(),
	credentialSubject: {
		id: `${address}#list`,
		type: 'BitstringStatusList',
		statusPurpose: 'revocation',
		encodedList: encodedList(revoked)
	}
});
