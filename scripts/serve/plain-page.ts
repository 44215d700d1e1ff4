import type { IncomingMessage, ServerResponse } from 'node:http';

export type PlainPage = { title: string; text: string; open: string; note?: string };

/** The visitor's language, where the app that usually asks has not been reached. */
export const languageOf = ({ headers }: Pick<IncomingMessage, 'headers'>): 'id' | 'en' =>
	/(?:^|;\s*)asah_language=en(?:;|$)/.test(headers.cookie ?? '') ? 'en' : 'id';

/** A refusal at the door, before any code of the app runs: a small page for people, a line of JSON for machines. */
export function plainPage(req: IncomingMessage, res: ServerResponse, status: number, page: PlainPage): void {
	res.statusCode = status;
	res.setHeader('cache-control', 'no-store');
	if (!req.headers.accept?.includes('text/html')) {
		res.setHeader('content-type', 'application/json');
		return void res.end(JSON.stringify({ message: `${page.title}. ${page.text}` }));
	}
	res.setHeader('content-type', 'text/html; charset=utf-8');
	res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
	res.end(`<!doctype html>
<html lang="${languageOf(req)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${page.title}</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:12vh auto;max-width:34rem;padding:0 1rem;color-scheme:light dark;overflow-wrap:anywhere}</style>
<main><h1>${page.title}</h1><p>${page.text}</p><p><a href="/">${page.open}</a></p>${page.note === undefined ? '' : `<p><small>${escaped(page.note)}</small></p>`}</main>
</html>`);
}

const escaped = (text: string): string =>
	text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
