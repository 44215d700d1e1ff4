import { createECDH, hkdfSync } from 'node:crypto';

/** Order of the curve P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export type VapidKeys = { publicKey: string; privateKey: string };

/**
 * The key pair by which push services know this installation (RFC 8292), out of its secret: made once, the same in every
 * process and after every start, and in no table. Sixteen bytes more than the curve's make every key equally likely
 * (FIPS 186-5, A.2.1).
 */
export function vapidOf(secret: string): VapidKeys {
	const random = Buffer.from(hkdfSync('sha256', secret, 'asah', 'push.vapid', 48)).toString('hex');
	const scalar = (BigInt(`0x${random}`) % (ORDER - 1n)) + 1n;
	const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
	const curve = createECDH('prime256v1');
	curve.setPrivateKey(privateKey);
	return {
		publicKey: curve.getPublicKey('base64url'),
		privateKey: privateKey.toString('base64url')
	};
}
