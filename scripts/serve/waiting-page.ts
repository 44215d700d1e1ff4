import type { IncomingMessage, ServerResponse } from 'node:http';
import { sentence } from '../terminal.mjs';

/** Answers while the city is being prepared or the server is going down; a browser tries again by itself. */
export function waitingPage(req: IncomingMessage, res: ServerResponse): void {
	res.statusCode = 503;
	res.setHeader('retry-after', '2');
	res.setHeader('cache-control', 'no-store');
	if (!req.headers.accept?.includes('text/html')) {
		res.setHeader('content-type', 'application/json');
		res.end(JSON.stringify({ ok: false, starting: true }));
		return;
	}
	res.setHeader('content-type', 'text/html; charset=utf-8');
	res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
	res.end(`<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>${sentence('waiting.title')}</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem;color-scheme:light dark}</style>
<main><h1>${sentence('waiting.title')}</h1><p role="status">${sentence('waiting.text')}</p></main>
</html>`);
}
