import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { fromMultibase, toMultibase } from './base58.ts';

// Multicodec of an Ed25519 public key, and what stands before the 32 bytes of a key in DER (RFC 8410).
const MULTICODEC = Buffer.from('ed01', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export type KeyPair = { publicMultibase: string; secret: Buffer };

/** A new pair; the secret is its 32 bytes. */
export function newKeyPair(): KeyPair {
	const { privateKey } = generateKeyPairSync('ed25519');
	const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length);
	return { publicMultibase: multikey(privateKey), secret };
}

export const secretKey = (secret: Uint8Array): KeyObject =>
	createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });

/** The public half of a secret key, as a Multikey. */
export const multikey = (key: KeyObject): string =>
	toMultibase(
		Buffer.concat([
			MULTICODEC,
			createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
		])
	);

/** The key of a Multikey; undefined when it is none, or of another kind. */
export function publicKey(publicMultibase: string): KeyObject | undefined {
	const bytes = fromMultibase(publicMultibase);
	if (!bytes || bytes.length !== 34 || !bytes.subarray(0, 2).equals(MULTICODEC)) return undefined;
	return createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(2)]), format: 'der', type: 'spki' });
}
