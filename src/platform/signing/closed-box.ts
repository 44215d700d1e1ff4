import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { installationKey } from './installation-key.ts';

const CIPHER = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

const keyFor = (purpose: string): Buffer => installationKey('ASAH_SECRET', purpose);

/** Closes bytes so that a copy of the tables alone does not give them away: nonce, tag, then the text. */
export function close(bytes: Uint8Array, purpose: string): Buffer {
	const nonce = randomBytes(NONCE);
	const cipher = createCipheriv(CIPHER, keyFor(purpose), nonce);
	const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Opens them again. Undefined when they were closed with another secret, or changed. */
export function open(closed: Uint8Array, purpose: string): Buffer | undefined {
	const nonce = closed.subarray(0, NONCE);
	const decipher = createDecipheriv(CIPHER, keyFor(purpose), nonce);
	decipher.setAuthTag(closed.subarray(NONCE, NONCE + TAG));
	try {
		return Buffer.concat([decipher.update(closed.subarray(NONCE + TAG)), decipher.final()]);
	} catch {
		return undefined;
	}
}
