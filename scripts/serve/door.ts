import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import { startProblem } from '#platform/start-problem.ts';
import type { Settings } from '#platform/settings.ts';
import { INSTANCE_HEADER, instanceAt } from '../running.mjs';
import { compressWhole } from './compress.ts';
import { foreignForm, isForeignForm } from './foreign-form.ts';
import { languageOf, plainPage } from './plain-page.ts';
import { waitingPage } from './waiting-page.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** The door that people come through: open from the first moment, with a waiting page until the app is ready. */
export type Door = {
	/** What people open in a browser. */
	address: string;
	/** The same door as this machine reaches it. */
	probe: string;
	/** Mark in every answer, which tells this process from any other. */
	instance: string;
	/** From now on requests go to the app. */
	open: (handler: Handler) => void;
	/** Takes no new requests, lets those under way end (at most `limitMs`), then shuts. */
	close: (limitMs: number) => Promise<void>;
};

const LOOPBACK = ['127.0.0.1', '::1'];

// For what comes in pieces or is large: quality 4, and a 256 kB window because the default one halves the throughput.
const middleware: unknown = compression({
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } },
	filter: (req, res) =>
		!String(res.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(req, res)
});

/** Its types speak of Express; the middleware itself only uses what node:http has. */
const isHandler = (candidate: unknown): candidate is Handler => typeof candidate === 'function';
const compress: Handler = isHandler(middleware) ? middleware : (_req, _res, next) => next();

export async function openDoor(settings: Pick<Settings, 'host' | 'port' | 'trustedProxies'>): Promise<Door> {
	const instance = randomUUID();
	const state: { handler: Handler | null; closing: boolean } = { handler: null, closing: false };
	const servers: Server[] = [];
	for (const host of settings.host === 'localhost' ? LOOPBACK : [settings.host]) {
		const server = createServer((req, res) => receive(req, res, settings.trustedProxies, instance, state));
		// Longer than the proxies in front keep theirs, so that it is never us who hang up on a request.
		server.keepAliveTimeout = 75_000;
		try {
			await listen(server, host, settings.port);
			servers.push(server);
		} catch (error) {
			// Machines without IPv6 still have a localhost.
			if (host === '::1' && servers.length > 0 && codeOf(error) !== 'EADDRINUSE') continue;
			for (const opened of servers) opened.close();
			throw await whyNot(settings, error);
		}
	}
	const shown = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
	return {
		address: urlOf(shown, settings.port),
		probe: urlOf(shown === 'localhost' ? '127.0.0.1' : shown, settings.port),
		instance,
		open: (handler) => (state.handler = handler),
		close: async (limitMs) => {
			state.closing = true;
			const cut = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), limitMs);
			await Promise.all(servers.map(closed));
			clearTimeout(cut);
		}
	};
}

const BAD_ADDRESS = {
	id: {
		title: 'Alamat ini tidak dapat dibaca',
		text: 'Di dalamnya ada tanda yang tidak pernah dipakai Asah (%00). Periksa alamatnya, atau mulai dari beranda.',
		open: 'Ke beranda'
	},
	en: {
		title: 'This address cannot be read',
		text: 'It holds a character that Asah never uses (%00). Check the address, or begin at the first page.',
		open: 'To the first page'
	}
};

function receive(
	req: IncomingMessage,
	res: ServerResponse,
	proxies: number,
	instance: string,
	state: { handler: Handler | null; closing: boolean }
): void {
	tellWhoAsks(req, proxies);
	setHeaders(res, req.headers['x-forwarded-proto'] === 'https');
	if (req.url === '/health') res.setHeader(INSTANCE_HEADER, instance);
	if (state.closing) res.setHeader('connection', 'close');
	// No address of ours has this character, and no text of PostgreSQL may: nothing behind need ask again.
	if (req.url?.includes('%00')) return plainPage(req, res, 400, BAD_ADDRESS[languageOf(req)]);
	const { handler } = state;
	if (handler === null || state.closing) return waitingPage(req, res);
	if (isForeignForm(req)) return foreignForm(req, res);
	compress(req, res, () => {
		compressWhole(req, res);
		handler(req, res, () => {
			res.statusCode = 404;
			res.end();
		});
	});
}

/**
 * Writes x-forwarded-proto, -for and -host as they are to be believed; whatever a client put there itself is dropped.
 * The nearest proxy appends the address it saw, so with n proxies the client stands n-th from the end.
 */
export function tellWhoAsks(req: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): void {
	const { headers } = req;
	const chain = proxies > 0 ? listOf(headers['x-forwarded-for']) : [];
	const scheme = proxies > 0 ? listOf(headers['x-forwarded-proto'])[0] : undefined;
	if (proxies === 0) delete headers['x-forwarded-host'];
	headers['x-forwarded-for'] = plainAddress(chain.at(-proxies) ?? req.socket.remoteAddress ?? '127.0.0.1');
	headers['x-forwarded-proto'] = scheme === 'https' ? 'https' : 'http';
	delete headers['forwarded'];
	delete headers['x-forwarded-port'];
}

/** An IPv4 address in the clothes of IPv6, and this machine itself, as people know them. */
const plainAddress = (address: string): string =>
	address === '::1' ? '127.0.0.1' : address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

const listOf = (header: string | string[] | undefined): string[] =>
	(Array.isArray(header) ? header.join(',') : (header ?? ''))
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');

function setHeaders(res: ServerResponse, secure: boolean): void {
	res.setHeader('x-content-type-options', 'nosniff');
	res.setHeader('x-frame-options', 'DENY');
	res.setHeader('referrer-policy', 'same-origin');
	res.setHeader('cross-origin-opener-policy', 'same-origin');
	// The camera is for photos of work done and for codes; the place for check-in to sessions in the field, nothing else.
	res.setHeader('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()');
	if (secure) res.setHeader('strict-transport-security', 'max-age=31536000');
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host, port, ipv6Only: host === '::1' }, () => {
			server.off('error', reject);
			resolve();
		});
	});
}

function closed(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
	});
}

async function whyNot(settings: Pick<Settings, 'host' | 'port'>, error: unknown): Promise<unknown> {
	const { host, port } = settings;
	const code = codeOf(error);
	if (code === 'EADDRINUSE') {
		const other = await instanceAt(urlOf(host === '0.0.0.0' || host === '::' ? 'localhost' : host, port));
		return startProblem(
			other ? 'door.otherAsah' : 'door.taken',
			{ port, next: port < 65_535 ? port + 1 : 3000 },
			error
		);
	}
	if (code === 'EACCES') return startProblem('door.privileged', { port }, error);
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
		return startProblem('door.noHost', { host }, error);
	return error;
}

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error ? String(error.code) : '';
const urlOf = (host: string, port: number): string =>
	`http://${host.includes(':') ? `[${host}]` : host}:${port}`;
