import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { z } from 'zod';
import { CERTIFICATE, KEY } from '#platform/mail/test-certificate.ts';

export type Delivered = { path: string; headers: IncomingHttpHeaders; body: Buffer };
export type Answer = { status: number; headers?: Record<string, string> };

/** A browser: the keys it hands out when it subscribes, and how it reads what comes. */
export function browser() {
	const curve = createECDH('prime256v1');
	curve.generateKeys();
	const auth = randomBytes(16);
	return {
		keys: { p256dh: curve.getPublicKey('base64url'), auth: auth.toString('base64url') },
		read: ({ body }: Delivered): unknown => JSON.parse(decrypt(body, curve, auth).toString('utf8'))
	};
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]): Buffer => {
	const made = createHmac('sha256', key);
	for (const part of parts) made.update(part);
	return made.digest();
};

/** RFC 8291, as its receiving side; written from the standard, not from the library that sends. */
export function decrypt(body: Buffer, curve: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
	const salt = body.subarray(0, 16);
	const keyLength = body.readUInt8(20);
	const sender = body.subarray(21, 21 + keyLength);
	const shared = curve.computeSecret(sender);
	const ikm = hmac(hmac(auth, shared), 'WebPush: info\0', curve.getPublicKey(), sender, '\x01');
	const prk = hmac(salt, ikm);
	const key = hmac(prk, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16);
	const nonce = hmac(prk, 'Content-Encoding: nonce\0\x01').subarray(0, 12);
	const record = body.subarray(21 + keyLength);
	const decipher = createDecipheriv('aes-128-gcm', key, nonce);
	decipher.setAuthTag(record.subarray(-16));
	const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
	const end = padded.findLastIndex((byte) => byte !== 0);
	if (padded[end] !== 2) throw new Error('no last record');
	return padded.subarray(0, end);
}

const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });

/** What a push service asks of the sender (RFC 8292): who it says it is, and for whom, proven by the key it names. */
export function vapidIn({ headers }: Delivered) {
	const [, token = '', key = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(headers.authorization ?? '') ?? [];
	const [head = '', claims = '', signature = ''] = token.split('.');
	const point = Buffer.from(key, 'base64url');
	const publicKey = createPublicKey({
		format: 'jwk',
		key: {
			kty: 'EC',
			crv: 'P-256',
			x: point.subarray(1, 33).toString('base64url'),
			y: point.subarray(33, 65).toString('base64url')
		}
	});
	return {
		key,
		proven: verify(
			'sha256',
			Buffer.from(`${head}.${claims}`),
			{ key: publicKey, dsaEncoding: 'ieee-p1363' },
			Buffer.from(signature, 'base64url')
		),
		claims: Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')))
	};
}

/** A push service on this machine that keeps what it is given, and answers each path as it is told. */
export async function pushService(port = 0) {
	const delivered: Delivered[] = [];
	let answer: (path: string) => Answer | 'hangUp' = () => ({ status: 201 });
	const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const path = request.url ?? '';
			delivered.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
			const given = answer(path);
			if (given === 'hangUp') return request.socket.destroy();
			response.writeHead(given.status, given.headers);
			response.end('x');
		});
	});
	server.listen(port, 'localhost');
	await once(server, 'listening');
	const address = server.address();
	const at = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		origin: `https://localhost:${at}`,
		port: at,
		ca: CERTIFICATE,
		delivered,
		to: (path: string) => delivered.filter((one) => one.path === path),
		answers: (how: typeof answer) => void (answer = how),
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}
