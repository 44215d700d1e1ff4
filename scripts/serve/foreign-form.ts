import type { IncomingMessage, ServerResponse } from 'node:http';
import { languageOf, plainPage } from './plain-page.ts';

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
	const { title, kept, todo, open, keeper } = WORDS[languageOf(req)];
	const note = keeper.replace('{from}', req.headers.origin ?? 'null').replace('{self}', selfOf(req));
	plainPage(req, res, 403, { title, text: `${kept} ${todo}`, open, note });
}
