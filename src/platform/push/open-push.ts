import { Agent, request } from 'node:https';
import { lookup } from 'node:dns';
import { encryptNotification, vapidHeaders } from '@block65/webcrypto-web-push';
import { hashOf } from '#platform/auth/agency-secret.ts';
import { log } from '#platform/log/log.ts';
import { pauseOfServer } from '#platform/mail/turns.ts';
import { isPushAddress, NOT_PUBLIC, publicLookup } from './endpoint.ts';
import type { Device, Pushed, Pusher, PushNote } from './push.ts';
import type { PushSettings } from './push-settings.ts';
import { vapidOf } from './vapid.ts';

const REQUEST_MS = 15_000;
/** Nothing a push service says is longer; what is, is not read. */
const LONGEST_ANSWER = 16_384;
const LONGEST_WAIT_MS = 6 * 3_600_000;
const MOST_SERVICES = 1000;

/** Characters of a text that a device shows; with the rest it stays well below the 4,096 bytes that services take. */
const [TITLE, BODY] = [120, 400];

type Options = PushSettings & {
	secret: string;
	/** Certificates of an authority besides those of Node; for tests. */
	ca?: string;
};

type Away = { failures: number; until: Date };

/**
 * Carries notes to the push services of browsers, each encrypted for one browser (RFC 8291) and signed (RFC 8292). A
 * service that is away is asked again after a minute, then after twice as long each time up to an hour; the others go on.
 */
export function openPush({ subject, allowed, secret, ca }: Options): Pusher {
	const keys = vapidOf(secret);
	const agent = new Agent({ keepAlive: true, maxSockets: 8, ...(ca === undefined ? {} : { ca }) });
	const away = new Map<string, Away>();

	function stays(origin: string, now: Date, why: string, retryAt?: Date): Pushed {
		const failures = (away.get(origin)?.failures ?? 0) + 1;
		const until = new Date(Math.max(now.getTime() + pauseOfServer(failures), retryAt?.getTime() ?? 0));
		if (away.size >= MOST_SERVICES) for (const [one, { until: at }] of away) if (at <= now) away.delete(one);
		away.set(origin, { failures, until });
		return { outcome: 'away', why, retryAt: until };
	}

	async function send(
		device: Device,
		note: PushNote,
		{ ttl, now }: { ttl: number; now: Date }
	): Promise<Pushed> {
		if (!isPushAddress(device.endpoint, allowed)) return { outcome: 'refused', why: 'platform.push.address' };
		const { origin } = new URL(device.endpoint);
		const held = away.get(origin);
		if (held && held.until > now) return { outcome: 'away', why: 'platform.push.away', retryAt: held.until };
		try {
			const subscription = { endpoint: device.endpoint, expirationTime: null, keys: device };
			const body = await encryptNotification(subscription, Buffer.from(payloadOf(note)));
			const { headers } = await vapidHeaders(subscription, { subject, ...keys });
			const answer = await post(device.endpoint, body, {
				...headers,
				ttl: String(ttl),
				urgency: 'normal',
				topic: topicOf(device.id, note.tag)
			});
			const pushed = judge(answer, now);
			if (pushed.outcome !== 'away') away.delete(origin);
			if (pushed.outcome !== 'sent')
				log.warn({ service: origin, status: answer.status, deviceId: device.id, ...pushed }, 'not pushed');
			return pushed.outcome === 'away' ? stays(origin, now, pushed.why, pushed.retryAt) : pushed;
		} catch (error) {
			const code = codeOf(error);
			log.warn({ service: origin, code, deviceId: device.id }, 'not pushed');
			if (code === NOT_PUBLIC) return { outcome: 'refused', why: 'platform.push.address' };
			if (isKeyTrouble(error)) return { outcome: 'refused', why: 'platform.push.refused' };
			return stays(
				origin,
				now,
				/CERT|TLS|SSL|SIGNED|ISSUER/.test(code) ? 'platform.push.tls' : 'platform.push.away'
			);
		}
	}

	/** No redirect is followed: node:https follows none. */
	function post(endpoint: string, body: Uint8Array, headers: Record<string, string>): Promise<Answer> {
		const ours = allowed !== null && new URL(endpoint).origin === allowed;
		return new Promise((resolve, reject) => {
			const sent = request(
				endpoint,
				{
					method: 'POST',
					agent,
					lookup: ours ? lookup : publicLookup,
					signal: AbortSignal.timeout(REQUEST_MS),
					headers: {
						...headers,
						'content-encoding': 'aes128gcm',
						'content-type': 'application/octet-stream',
						'content-length': body.byteLength
					}
				},
				(response) => {
					let size = 0;
					response.on('data', (chunk: Buffer) => {
						size += chunk.length;
						if (size > LONGEST_ANSWER) response.destroy();
					});
					response.on('error', () => undefined);
					response.on('close', () =>
						resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
					);
				}
			);
			sent.on('error', reject);
			sent.end(body);
		});
	}

	return {
		publicKey: keys.publicKey,
		takes: (endpoint) => isPushAddress(endpoint, allowed),
		send,
		close: () => agent.destroy()
	};
}

type Answer = { status: number; retryAfter: string | undefined };

/** What an answer means (RFC 8030, 5 and 8.4; RFC 8292, 4.2). */
export function judge({ status, retryAfter }: Answer, now: Date): Pushed {
	const retryAt = waitUntil(retryAfter, now);
	const when = retryAt === undefined ? {} : { retryAt };
	if (status >= 200 && status < 300) return { outcome: 'sent' };
	if (status === 404 || status === 410) return { outcome: 'gone' };
	if (status === 429) return { outcome: 'later', why: 'platform.push.busy', ...when };
	// Our signature: a clock that is wrong, or a device that subscribed under another key. Somebody can put it right.
	if (status === 401 || status === 403) return { outcome: 'later', why: 'platform.push.signature', ...when };
	if (status >= 500) return { outcome: 'away', why: 'platform.push.away', retryAt: retryAt ?? now };
	return { outcome: 'refused', why: status === 413 ? 'platform.push.tooLarge' : 'platform.push.refused' };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitUntil(retryAfter: string | undefined, now: Date): Date | undefined {
	if (retryAfter === undefined) return undefined;
	const wait = /^\d{1,9}$/.test(retryAfter.trim())
		? Number(retryAfter) * 1000
		: Date.parse(retryAfter) - now.getTime();
	return Number.isFinite(wait) && wait > 0
		? new Date(now.getTime() + Math.min(wait, LONGEST_WAIT_MS))
		: undefined;
}

/** In the service's hands a newer note takes the place of an older under the same topic; of what, it cannot tell. */
const topicOf = (deviceId: string, tag: string): string =>
	Buffer.from(hashOf(`${deviceId} ${tag}`), 'hex')
		.toString('base64url')
		.slice(0, 32);

const payloadOf = ({ title, body, href, language, tag }: PushNote): string =>
	JSON.stringify({ title: short(title, TITLE), body: short(body, BODY), href, language, tag });

const short = (text: string, most: number): string =>
	text.length <= most
		? text
		: `${[...text]
				.slice(0, most - 1)
				.join('')
				.trimEnd()}…`;

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: error instanceof Error
			? error.name
			: '';

/** The browser's key is no point of the curve: said by WebCrypto before anything was sent. */
const isKeyTrouble = (error: unknown): boolean => error instanceof DOMException && error.name === 'DataError';
