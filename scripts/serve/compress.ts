import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SMALLEST = 1024;
/** Above this the other requests would wait too long: the streaming middleware does it beside them. */
const LARGEST = 512 * 1024;
const TEXT =
	/^(text\/(?!event-stream)|application\/(json|javascript|xml|manifest\+json|problem\+json)|image\/svg)/;

/** Pages for a phone are below it, long tables of an office above. */
const LONG = 64 * 1024;

/**
 * Compresses an answer whose length is known (every page) in one go, on the spot: a stream costs two turns of a thread
 * that must be woken, which is dearer than the compressing. Every byte of a learner's page counts, so it gets brotli 4
 * (0.3 ms at 40 kB); a long one gets brotli 0 with the same 256 kB window (88 kB: 0.1 ms and 12.5 kB; at quality 4
 * 0.6 ms and 10.5 kB). Files of the build are not met here, they lie compressed at the best quality.
 */
export function compressWhole(req: IncomingMessage, res: ServerResponse): void {
	const accepted = String(req.headers['accept-encoding'] ?? '');
	const encoding = /\bbr\b(?!;q=0(\.0*)?\b)/.test(accepted)
		? 'br'
		: /\bgzip\b(?!;q=0(\.0*)?\b)/.test(accepted)
			? 'gzip'
			: null;
	if (encoding === null || req.method === 'HEAD') return;
	const { writeHead, write, end } = res;
	let whole: { head: unknown[]; chunks: Uint8Array[] } | null = null;
	const back = (): void => void Object.assign(res, { writeHead, write, end });
	const finish = (): void => {
		if (whole === null) return;
		const { head, chunks } = whole;
		const packed = pack(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), encoding);
		back();
		res.setHeader('content-encoding', encoding);
		res.setHeader('content-length', packed.length);
		res.appendHeader('vary', 'Accept-Encoding');
		Reflect.apply(writeHead, res, head);
		res.end(packed);
	};
	Object.assign(res, {
		writeHead: (...head: unknown[]): ServerResponse => {
			const length = Number(res.getHeader('content-length') ?? 0);
			const fits = length >= SMALLEST && length <= LARGEST;
			if (head.length === 1 && fits && !res.hasHeader('content-encoding') && isText(res)) {
				whole = { head, chunks: [] };
				return res;
			}
			back();
			return Reflect.apply(writeHead, res, head);
		},
		write: (...written: unknown[]): boolean => {
			const [chunk] = written;
			if (whole === null) return Reflect.apply(write, res, written);
			if (chunk instanceof Uint8Array) whole.chunks.push(chunk);
			else whole.chunks.push(Buffer.from(String(chunk)));
			return true;
		},
		end: (...written: unknown[]): ServerResponse => {
			const [chunk] = written;
			if (whole === null) return Reflect.apply(end, res, written);
			if (chunk instanceof Uint8Array) whole.chunks.push(chunk);
			else if (typeof chunk === 'string') whole.chunks.push(Buffer.from(chunk));
			finish();
			return res;
		}
	});
}

const isText = (res: ServerResponse): boolean =>
	TEXT.test(String(res.getHeader('content-type'))) &&
	!/no-transform/.test(String(res.getHeader('cache-control') ?? ''));

const pack = (body: Uint8Array, encoding: 'br' | 'gzip'): Uint8Array =>
	encoding === 'br'
		? brotliCompressSync(body, {
				params: {
					[constants.BROTLI_PARAM_QUALITY]: body.length > LONG ? 0 : 4,
					[constants.BROTLI_PARAM_LGWIN]: 18
				}
			})
		: gzipSync(body, { level: body.length > LONG ? 1 : 6 });
