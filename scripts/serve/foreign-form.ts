import type { IncomingMessage, ServerResponse } from 'node:http';

// SvelteKit refuses a form that another origin posts, with one bare line of English and before any of our code runs. Here
// the same requests are refused with a page that says what happened; what it does not know, SvelteKit still refuses.

const WORDS = {
	id: {
		title: 'Formulir ini dikirim dari alamat lain',
		kept: 'Demi keamanan, isinya tidak diproses dan tidak ada yang berubah.',
		todo: 'Buka Asah, lalu isi formulirnya dari sana.',
		open: 'Buka Asah',
		keeper:
			'Bila Anda memang mengisinya di Asah, beri tahu pengelola: peramban menyebut {from}, sedangkan Asah mengenal dirinya sebagai {self}.'
	},
	en: {
		title: 'This form was sent from another address',
		kept: 'For your safety it was not processed; nothing has changed.',
		todo: 'Open Asah and fill in the form there.',
		open: 'Open Asah',
		keeper:
			'If you did fill it in here, tell whoever runs Asah: the browser names {from}, while Asah knows itself as {self}.'
	}
};

const FORMS = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

type Asked = Pick<IncomingMessage, 'method' | 'headers'>;

/** The origin under which the app answers, as the adapter reads it from the headers that the door wrote. */
const selfOf = ({ headers }: Asked): string => {
	const host = headers['x-forwarded-host'] ?? headers.host ?? '';
	return `${String(headers['x-forwarded-proto'])}://${String(host)}`;
};

/** A form that another site, or nobody knows who, has a browser post to us; endpoints for machines speak JSON. */
export function isForeignForm(req: Asked): boolean {
	const kind = req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
	return (
		CHANGING.has(req.method ?? '') &&
		(kind === '' || FORMS.has(kind)) &&
		req.headers.origin !== URL.parse(selfOf(req))?.origin
	);
}

export function foreignForm(req: IncomingMessage, res: ServerResponse): void {
	const language = /(?:^|;\s*)asah_language=en(?:;|$)/.test(req.headers.cookie ?? '') ? 'en' : 'id';
	const words = WORDS[language];
	const keeper = words.keeper.replace('{from}', req.headers.origin ?? 'null').replace('{self}', selfOf(req));
	res.statusCode = 403;
	res.setHeader('cache-control', 'no-store');
	if (!req.headers.accept?.includes('text/html')) {
		res.setHeader('content-type', 'application/json');
		return void res.end(JSON.stringify({ message: `${words.title}. ${words.kept}` }));
	}
	res.setHeader('content-type', 'text/html; charset=utf-8');
	res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
	res.end(`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${words.title}</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:12vh auto;max-width:34rem;padding:0 1rem;color-scheme:light dark;overflow-wrap:anywhere}</style>
<main><h1>${words.title}</h1><p>${words.kept} ${words.todo}</p><p><a href="/">${words.open}</a></p><p><small>${escaped(keeper)}</small></p></main>
</html>`);
}

const escaped = (text: string): string =>
	text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
