import {
	createServer,
	request,
	type IncomingHttpHeaders,
	type RequestListener,
	type Server
} from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { compressWhole } from './compress.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

const PAGE = '<p>Pemerintah Kota Medan</p>'.repeat(200);

async function answer(accepted: string, listener: RequestListener, method = 'GET') {
	server = createServer((req, res) => {
		compressWhole(req, res);
		listener(req, res);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server?.once('listening', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
		request(
			{ host: '127.0.0.1', port, method, agent: false, headers: { 'accept-encoding': accepted } },
			(res) => {
				const chunks: Buffer[] = [];
				res.on('data', (chunk: Buffer) => chunks.push(chunk));
				res.on('end', () => resolve({ headers: res.headers, body: Buffer.concat(chunks) }));
			}
		)
			.on('error', reject)
			.end();
	});
}

/** As SvelteKit's adapter answers: the length first, then the bytes, then the end. */
const page =
	(body = PAGE, type = 'text/html'): RequestListener =>
	(_req, res) => {
		res.setHeader('content-type', type);
		res.setHeader('content-length', Buffer.byteLength(body));
		res.writeHead(200);
		res.write(Buffer.from(body));
		res.end();
	};

test('a page goes out by brotli, with the length of what goes out', async () => {
	const { headers, body } = await answer('gzip, deflate, br', page());
	expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
	expect(Number(headers['content-length'])).toBe(body.length);
	expect(body.length).toBeLessThan(PAGE.length / 10);
	expect(brotliDecompressSync(body).toString()).toBe(PAGE);
});

test('a browser without brotli, or one that refuses it, gets gzip', async () => {
	for (const accepted of ['gzip, deflate', 'br;q=0, gzip']) {
		const { headers, body } = await answer(accepted, page());
		expect(headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(body).toString()).toBe(PAGE);
		server?.close();
	}
});

test('who asks for nothing gets the page as it is', async () => {
	const { headers, body } = await answer('identity', page());
	expect(headers['content-encoding']).toBeUndefined();
	expect(body.toString()).toBe(PAGE);
});

test('pictures, short answers and answers of unknown length are left alone', async () => {
	const untouched: RequestListener[] = [
		page(PAGE, 'image/webp'),
		page('{"ok":true}', 'application/json'),
		(_req, res) => {
			res.setHeader('content-type', 'text/html');
			res.write(PAGE);
			res.end();
		}
	];
	for (const listener of untouched) {
		expect((await answer('br', listener)).headers['content-encoding']).toBeUndefined();
		server?.close();
	}
});

test('asked for headers only, the answer has no body', async () => {
	const { headers, body } = await answer('br', page(), 'HEAD');
	expect(headers['content-encoding']).toBeUndefined();
	expect(body.length).toBe(0);
});
