import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPublicIp, isPushAddress, NOT_PUBLIC, publicLookup } from './endpoint.ts';
import { judge, openPush } from './open-push.ts';
import type { Device, PushNote } from './push.ts';
import { pushSettings } from './push-settings.ts';
import { browser, decrypt, pushService, vapidIn } from './test-push-service.ts';
import { vapidOf } from './vapid.ts';

const SECRET = 'a secret of this installation, long enough';
const NOW = new Date('2026-04-10T03:00:00Z');
const NOTE: PushNote = {
	title: 'Kursi Anda dipastikan',
	body: 'Pelayanan Prima, angkatan 2 · 9 Maret',
	href: '/classes/1',
	language: 'id',
	tag: '/classes/1'
};

test('the receiving side of these tests reads the message that RFC 8291 publishes', () => {
	const curve = createECDH('prime256v1');
	curve.setPrivateKey('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url');
	const body =
		'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';
	const text = decrypt(
		Buffer.from(body, 'base64url'),
		curve,
		Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url')
	);
	expect(text.toString('utf8')).toBe('When I grow up, I want to be a watermelon');
});

test('an installation has one key pair, by its secret, and another has another', () => {
	const keys = vapidOf(SECRET);
	expect(vapidOf(SECRET)).toEqual(keys);
	expect(vapidOf(`${SECRET}!`).publicKey).not.toBe(keys.publicKey);
	expect(keys.publicKey).toMatch(/^B[\w-]{86}$/);
	expect(keys.privateKey).toMatch(/^[\w-]{43}$/);
});

describe('an address', () => {
	test.each([
		'https://fcm.googleapis.com/fcm/send/abc:def',
		'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
		'https://web.push.apple.com/QGHq',
		'https://db5p.notify.windows.com/w/?token=abc',
		'https://push.kota.go.id:443/x'
	])('of a push service is taken: %s', (endpoint) => {
		expect(isPushAddress(endpoint)).toBe(true);
	});
	test.each([
		'http://fcm.googleapis.com/x',
		'https://fcm.googleapis.com:8443/x',
		'https://siti:sandi@fcm.googleapis.com/x',
		'https://localhost/x',
		'https://db.localhost/x',
		'https://127.0.0.1/x',
		'https://127.1/x',
		'https://0x7f000001/x',
		'https://2130706433/x',
		'https://10.0.0.5/x',
		'https://8.8.8.8/x',
		'https://[::1]/x',
		'https://[::ffff:10.0.0.1]/x',
		'https://server/x',
		'https://simpeg.lan/x',
		'https://metadata.google.internal/x',
		'https://push.example/x',
		'https://printer.local./x',
		'ftp://fcm.googleapis.com/x',
		'javascript:alert(1)',
		'fcm.googleapis.com',
		`https://fcm.googleapis.com/${'x'.repeat(1000)}`
	])('of anything else is refused: %s', (endpoint) => {
		expect(isPushAddress(endpoint)).toBe(false);
	});
	test('is taken where the installation names it, at this port and nowhere else', () => {
		const allowed = 'https://localhost:9443';
		expect(isPushAddress('https://localhost:9443/x', allowed)).toBe(true);
		expect(isPushAddress('https://localhost:9444/x', allowed)).toBe(false);
		expect(isPushAddress('https://a:b@localhost:9443/x', allowed)).toBe(false);
	});
	test.each([
		['142.250.4.95', true],
		['2404:6800:4003:c00::5f', true],
		['127.0.0.1', false],
		['10.1.2.3', false],
		['172.20.0.1', false],
		['192.168.1.1', false],
		['169.254.169.254', false],
		['100.64.0.1', false],
		['0.0.0.0', false],
		['255.255.255.255', false],
		['::1', false],
		['::', false],
		['fd00::1', false],
		['fe80::1', false],
		['::ffff:10.0.0.1', false],
		['64:ff9b::a00:1', false],
		['2002:a00:1::', false],
		['nonsense', false]
	])('%s lies in the open internet: %s', (address, is) => {
		expect(isPublicIp(address)).toBe(is);
	});
	test('that today leads into the house is not connected to', async () => {
		const code = await new Promise((resolve) =>
			publicLookup('localhost', { all: true }, (error) => resolve(error?.code))
		);
		expect(code).toBe(NOT_PUBLIC);
	});
});

describe('a push service', () => {
	let service: Awaited<ReturnType<typeof pushService>>;
	let push: ReturnType<typeof openPush>;
	const siti = browser();
	const device = (path = '/siti'): Device => ({ id: 'd1', endpoint: service.origin + path, ...siti.keys });
	const send = (note = NOTE, now = NOW, to = device()) => push.send(to, note, { ttl: 3600, now });
	beforeAll(async () => void (service = await pushService()));
	afterAll(() => service.close());
	beforeEach(() => {
		service.answers(() => ({ status: 201 }));
		service.delivered.length = 0;
		push = openPush({
			subject: 'https://asah.kota.go.id',
			allowed: service.origin,
			secret: SECRET,
			ca: service.ca
		});
	});

	test('gets what only the browser can read, and knows who sent it', async () => {
		expect(await send()).toEqual({ outcome: 'sent' });
		const [got] = service.delivered;
		if (!got) throw new Error('nothing came');
		expect(siti.read(got)).toEqual(NOTE);
		expect(got.body.toString('latin1')).not.toContain('Kursi');
		expect(got.headers).toMatchObject({
			'content-encoding': 'aes128gcm',
			ttl: '3600',
			urgency: 'normal',
			topic: expect.stringMatching(/^[\w-]{32}$/)
		});
		const { key, proven, claims } = vapidIn(got);
		expect({ key, proven }).toEqual({ key: vapidOf(SECRET).publicKey, proven: true });
		expect(claims).toMatchObject({ aud: service.origin, sub: 'https://asah.kota.go.id' });
		expect(claims.exp - Date.now() / 1000).toBeLessThan(24 * 3600);
	});
	test('cannot tell a long text from a short one, and takes however much was written', async () => {
		await send();
		await send({ ...NOTE, title: '😀'.repeat(500), body: 'é'.repeat(5000) });
		expect(service.delivered.map(({ body }) => body.length)).toEqual([4096, 4096]);
		const [, long] = service.delivered;
		const read = long && siti.read(long);
		expect(read).toMatchObject({ body: `${'é'.repeat(399)}…` });
	});
	test('sees the same topic for the same thing of one device only', async () => {
		await send();
		await send({ ...NOTE, title: 'Jadwal berubah' });
		await send({ ...NOTE, tag: '/classes/2' });
		await send(NOTE, NOW, { ...device(), id: 'd2' });
		const topics = service.delivered.map(({ headers }) => headers['topic']);
		expect(topics[0]).toBe(topics[1]);
		expect(new Set(topics).size).toBe(3);
	});
	test('that sends us elsewhere is not followed', async () => {
		service.answers((path) =>
			path === '/siti' ? { status: 307, headers: { location: `${service.origin}/inside` } } : { status: 201 }
		);
		expect(await send()).toEqual({ outcome: 'refused', why: 'platform.push.refused' });
		expect(service.to('/inside')).toEqual([]);
	});
	test('that is away is asked after ever longer pauses', async () => {
		service.answers(() => ({ status: 503 }));
		const asked: number[] = [];
		for (let minute = 0; minute <= 130; minute++) {
			const before = service.delivered.length;
			const pushed = await send(NOTE, new Date(NOW.getTime() + minute * 60_000));
			expect(pushed).toMatchObject({ outcome: 'away', why: 'platform.push.away' });
			if (service.delivered.length > before) asked.push(minute);
		}
		expect(asked).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
		service.answers(() => ({ status: 201 }));
		expect(await send(NOTE, new Date(NOW.getTime() + 183 * 60_000))).toEqual({ outcome: 'sent' });
	});
	test('that breaks off, and one whose certificate nobody vouches for, are away', async () => {
		service.answers(() => 'hangUp');
		expect(await send()).toMatchObject({ outcome: 'away', why: 'platform.push.away' });
		push = openPush({ subject: 'mailto:a@kota.go.id', allowed: service.origin, secret: SECRET });
		expect(await send()).toMatchObject({ outcome: 'away', why: 'platform.push.tls' });
	});
	test('inside the house is not connected to, whatever it is called', async () => {
		push = openPush({ subject: 'mailto:a@kota.go.id', allowed: null, secret: SECRET, ca: service.ca });
		expect(await send()).toEqual({ outcome: 'refused', why: 'platform.push.address' });
		expect(service.delivered).toEqual([]);
	});
});

test.each([
	[{ status: 201 }, { outcome: 'sent' }],
	[{ status: 404 }, { outcome: 'gone' }],
	[{ status: 410 }, { outcome: 'gone' }],
	[{ status: 413 }, { outcome: 'refused', why: 'platform.push.tooLarge' }],
	[{ status: 400 }, { outcome: 'refused', why: 'platform.push.refused' }],
	[{ status: 403 }, { outcome: 'later', why: 'platform.push.signature' }],
	[{ status: 429 }, { outcome: 'later', why: 'platform.push.busy' }],
	[
		{ status: 429, retryAfter: '120' },
		{ outcome: 'later', why: 'platform.push.busy', retryAt: new Date('2026-04-10T03:02:00Z') }
	],
	[
		{ status: 503, retryAfter: 'Fri, 10 Apr 2026 03:05:00 GMT' },
		{ outcome: 'away', why: 'platform.push.away', retryAt: new Date('2026-04-10T03:05:00Z') }
	],
	[
		{ status: 503, retryAfter: '999999' },
		{ outcome: 'away', why: 'platform.push.away', retryAt: new Date('2026-04-10T09:00:00Z') }
	],
	[
		{ status: 429, retryAfter: 'soon' },
		{ outcome: 'later', why: 'platform.push.busy' }
	]
])('%o means %o', (answer, meaning) => {
	expect(judge({ retryAfter: undefined, ...answer }, NOW)).toEqual(meaning);
});

test.each([
	[{}, { subject: 'mailto:pengelola@asah.invalid', allowed: null }],
	[{ ASAH_PUSH: '0' }, null],
	[{ ASAH_ADDRESS: 'https://asah.kota.go.id/' }, { subject: 'https://asah.kota.go.id', allowed: null }],
	[
		{ ASAH_ADDRESS: 'http://asah.kota.go.id', ASAH_MAIL_FROM: 'Asah <asah@kota.go.id>' },
		{ subject: 'mailto:asah@kota.go.id', allowed: null }
	],
	[{ ASAH_PUSH_HOST: 'https://push.lan:8443' }, { allowed: 'https://push.lan:8443' }]
])('settings %o', (env, wanted) => {
	const settings = pushSettings(env);
	if (wanted === null) expect(settings).toBeNull();
	else expect(settings).toMatchObject(wanted);
});
