import {
	createCipheriv,
	createDecipheriv,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	randomBytes,
	type KeyObject
} from 'node:crypto';
import { installationKey } from '#platform/signing/installation-key.ts';

const CIPHER = 'aes-256-gcm';
const [NONCE, TAG, SPKI] = [12, 16, 44];
/** Every form fills whole blocks, so that an envelope's size does not tell how much somebody wrote. */
const BLOCK = 8192;
/** A slip holds marks only: sixty items fill no more. */
const SLIP_BLOCK = 4096;

/**
 * The key that opens boxes of reactions. It lies in a file beside the database and never in it, so that the whole database,
 * its dead rows, its log and its backups hold nothing but sealed envelopes (docs/decisions/0010).
 */
const lockKey = (): Buffer => installationKey('REACTION_KEY', 'evaluation.reactionBox');

/** A new box: anybody may close envelopes for it; its opening key is locked with the installation's. */
export function newBox(): { publicKey: Buffer; lockedKey: Buffer } {
	const { publicKey, privateKey } = generateKeyPairSync('x25519');
	return {
		publicKey: publicKey.export({ format: 'der', type: 'spki' }),
		lockedKey: encrypt(privateKey.export({ format: 'der', type: 'pkcs8' }), lockKey())
	};
}

/** Undefined where it was locked with another installation's key. */
export function unlockBox(lockedKey: Uint8Array): KeyObject | undefined {
	const key = decrypt(lockedKey, lockKey());
	return key && createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** Room for a form with all its open questions filled to the brim, so that forms of one box are of one size. */
export const leastOf = (items: readonly { kind: string }[]): number =>
	800 + items.length * 120 + items.filter(({ kind }) => kind === 'text').length * 2000;

/**
 * Closes a text, padded to at least so many bytes: a key for this envelope alone, agreed between a pair made now and the
 * box (X25519, HKDF, AES-GCM).
 */
export function sealEnvelope(publicKey: Uint8Array, text: string, least = 0): Buffer {
	const padded = padTo(text, least, BLOCK);
	const once = generateKeyPairSync('x25519');
	const head = once.publicKey.export({ format: 'der', type: 'spki' });
	const box = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
	return Buffer.concat([head, encrypt(padded, agreed(once.privateKey, box, head))]);
}

/** Undefined when it was closed for another box, or changed. */
export function openEnvelope(boxKey: KeyObject, sealed: Uint8Array): string | undefined {
	const head = Buffer.from(sealed.subarray(0, SPKI));
	const once = createPublicKey({ key: head, format: 'der', type: 'spki' });
	return unpadded(decrypt(sealed.subarray(SPKI), agreed(boxKey, once, head)));
}

/** Closes the slip of somebody who lets their forms be linked, with the key that their device made. */
export const sealSlip = (key: string, text: string): Buffer =>
	encrypt(padTo(text, 0, SLIP_BLOCK), Buffer.from(key, 'hex'));

/** Undefined when the key is another's. */
export const openSlip = (key: string, sealed: Uint8Array): string | undefined =>
	unpadded(decrypt(sealed, Buffer.from(key, 'hex')));

function padTo(text: string, least: number, block: number): Buffer {
	const bytes = Buffer.from(text);
	const padded = Buffer.alloc(Math.ceil(Math.max(bytes.length + 4, least) / block) * block);
	padded.writeUInt32BE(bytes.length);
	bytes.copy(padded, 4);
	return padded;
}

const unpadded = (padded: Buffer | undefined): string | undefined =>
	padded?.subarray(4, 4 + padded.readUInt32BE()).toString();

function agreed(privateKey: KeyObject, publicKey: KeyObject, head: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), head, 'asah reaction', 32));
}

function encrypt(bytes: Uint8Array, key: Buffer): Buffer {
	const nonce = randomBytes(NONCE);
	const cipher = createCipheriv(CIPHER, key, nonce);
	const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function decrypt(closed: Uint8Array, key: Buffer): Buffer | undefined {
	const decipher = createDecipheriv(CIPHER, key, closed.subarray(0, NONCE));
	decipher.setAuthTag(closed.subarray(NONCE, NONCE + TAG));
	try {
		return Buffer.concat([decipher.update(closed.subarray(NONCE + TAG)), decipher.final()]);
	} catch {
		return undefined;
	}
}
