import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { problemOf } from '#platform/start-problem.ts';
import { openDoor, tellWhoAsks, type Door } from './door.ts';

let doors: Door[] = [];
afterEach(async () => {
	await Promise.all(doors.map((door) => door.close(0)));
	doors = [];
});

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const address = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return typeof address === 'object' && address ? address.port : 0;
}

async function door(settings: { host?: string; port?: number; trustedProxies?: number } = {}): Promise<Door> {
	const opened = await openDoor({
		host: '127.0.0.1',
		port: settings.port ?? (await freePort()),
		trustedProxies: 0,
		...settings
	});
	doors.push(opened);
	return opened;
}

const told = (headers: IncomingHttpHeaders, proxies: number): IncomingHttpHeaders => {
	const req = { headers: { ...headers }, socket: new Socket() };
	tellWhoAsks(req, proxies);
	return req.headers;
};

describe('who asks', () => {
	const forged = {
		'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3',
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'palsu.example',
		forwarded: 'for=9.9.9.9'
	};

	test('without a trusted proxy nothing that the client wrote is believed', () => {
		const headers = told(forged, 0);
		expect(headers).toEqual({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
	});

	test('an address reads as people know it', () => {
		const seen = (address: string) => told({ 'x-forwarded-for': address }, 1)['x-forwarded-for'];
		expect(['::1', '::ffff:10.1.2.3', '2001:db8::5', '10.1.2.3'].map(seen)).toEqual([
			'127.0.0.1',
			'10.1.2.3',
			'2001:db8::5',
			'10.1.2.3'
		]);
	});

	test.each([
		[1, '3.3.3.3'],
		[2, '2.2.2.2'],
		[3, '1.1.1.1']
	])('behind %i trusted proxies the client is the one that the outermost of them saw', (proxies, client) => {
		const headers = told(forged, proxies);
		expect(headers['x-forwarded-for']).toBe(client);
		expect(headers['x-forwarded-proto']).toBe('https');
		expect(headers['x-forwarded-host']).toBe('palsu.example');
	});

	test('a proxy that says nothing leaves its own address and plain http', () => {
		const headers = told({}, 1);
		expect(headers).toEqual({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
	});
});

describe('the door', () => {
	test('shows a page that tries again by itself until the app is there', async () => {
		const { address, open } = await door();
		const early = await fetch(address, { headers: { accept: 'text/html' } });
		expect(early.status).toBe(503);
		expect(early.headers.get('retry-after')).toBe('2');
		expect(await early.text()).toContain('http-equiv="refresh"');
		open((_req, res) => res.end('siap'));
		expect(await (await fetch(address)).text()).toBe('siap');
	});

	test('compresses pages, and sets the headers that every answer carries', async () => {
		const { address, open } = await door();
		open((_req, res) => {
			res.setHeader('content-type', 'text/html');
			res.end('halaman '.repeat(5000));
		});
		const answer = await fetch(address, { headers: { 'accept-encoding': 'br' } });
		expect(answer.headers.get('content-encoding')).toBe('br');
		expect((await answer.text()).length).toBe(40_000);
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(answer.headers.get('permissions-policy')).toContain('geolocation=(self)');
		expect(answer.headers.get('strict-transport-security')).toBeNull();
	});

	test('closing lets the request under way end and takes no other', async () => {
		const opened = await door();
		const arrived = new Promise<void>((resolve) =>
			opened.open((_req, res) => {
				resolve();
				void pause(300).then(() => res.end('selesai'));
			})
		);
		const last = fetch(opened.address).then((answer) => answer.text());
		await arrived;
		const closing = opened.close(10_000);
		await expect(fetch(opened.address)).rejects.toThrow();
		expect(await last).toBe('selesai');
		await closing;
	});

	test('closing does not wait longer than it was given', async () => {
		const opened = await door();
		const arrived = new Promise<void>((resolve) => opened.open(() => resolve()));
		const cut = new Promise((resolve) => request(opened.address).on('error', resolve).end());
		await arrived;
		await opened.close(100);
		expect(await cut).toBeInstanceOf(Error);
	});

	test('localhost answers on both of its addresses where the machine has both', async () => {
		const { open, probe } = await door({ host: 'localhost' });
		open((_req, res) => res.end('siap'));
		expect(await (await fetch(probe)).text()).toBe('siap');
		expect(await (await fetch(probe.replace('127.0.0.1', 'localhost'))).text()).toBe('siap');
	});

	test('a port that is taken is refused, and by whom it is taken', async () => {
		const port = await freePort();
		const other = createServer((_req, res) => res.end('lain')).listen(port, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		expect(problemOf(await door({ port }).catch((error: unknown) => error))?.code).toBe('door.taken');
		await new Promise((resolve) => other.close(resolve));
		await door({ port });
		expect(problemOf(await door({ port }).catch((error: unknown) => error))?.code).toBe('door.otherAsah');
	});

	test('an address that is not this machine is refused', async () => {
		const error: unknown = await door({ host: '203.0.113.9' }).catch((refusal: unknown) => refusal);
		expect(problemOf(error)).toMatchObject({ code: 'door.noHost', facts: { host: '203.0.113.9' } });
	});
});

describe('an address that no page and no text of a database can have', () => {
	const ask = async (headers: Record<string, string>) => {
		const open = await door();
		open.open((_req, res) => void res.end('the app'));
		return fetch(`${open.address}/people/search?q=%00`, { headers });
	};
	test('is refused with a page that says so, in the visitor’s language', async () => {
		const page = await ask({ accept: 'text/html' });
		expect(page.status).toBe(400);
		const text = await page.text();
		expect(text).toContain('<h1>Alamat ini tidak dapat dibaca</h1>');
		expect(text).toContain('<a href="/">Ke beranda</a>');
		const english = await ask({ accept: 'text/html', cookie: 'asah_language=en' });
		expect(await english.text()).toContain('This address cannot be read');
	});
	test('to a machine with a line of JSON', async () => {
		const answer = await ask({ accept: 'application/json' });
		expect(answer.headers.get('content-type')).toBe('application/json');
		expect(await answer.json()).toMatchObject({ message: expect.stringContaining('%00') });
	});
});
