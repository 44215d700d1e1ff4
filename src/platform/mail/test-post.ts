import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailSettings } from './mail-settings.ts';

export type Arrived = {
	from: string;
	to: string[];
	/** Names in small letters; a header that stands twice is there twice. */
	headers: [name: string, value: string][];
	text: string;
	raw: string;
};

/** Refused as a mail server refuses: `550 5.1.1 …`. */
export const reply = (responseCode: number, message = 'no'): Error =>
	Object.assign(new Error(message), { responseCode });

/** A real mail server on this machine that keeps what it is given. */
export async function post(options: SMTPServerOptions = {}, port = 0) {
	const arrived: Arrived[] = [];
	let connections = 0;
	const server = new SMTPServer({
		logger: false,
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onConnect: (_session, done) => {
			connections += 1;
			done();
		},
		onData: (stream, session, done) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				arrived.push({
					from: mailFrom === false || mailFrom === undefined ? '' : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					...opened(Buffer.concat(chunks).toString('latin1'))
				});
				done();
			});
		},
		...options
	});
	// A client that breaks off, as one does that does not trust the certificate.
	server.on('error', () => undefined);
	server.listen(port, '127.0.0.1');
	await once(server.server, 'listening');
	const address = server.server.address();
	const at = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		arrived,
		port: at,
		connections: () => connections,
		settings: (change: Partial<MailSettings> = {}): MailSettings => ({ ...PLAIN, port: at, ...change }),
		close: () => new Promise<void>((resolve) => server.close(resolve))
	};
}

const PLAIN: Omit<MailSettings, 'port'> = {
	host: '127.0.0.1',
	secure: false,
	startTls: false,
	auth: null,
	from: { name: 'Asah Kota Uji', address: 'asah@uji.example' },
	home: 'https://asah.uji.example',
	perMinute: 6000
};

export const header = (letter: Arrived | undefined, name: string): string[] =>
	(letter?.headers ?? []).filter(([one]) => one === name).map(([, value]) => value);

function opened(raw: string): Pick<Arrived, 'headers' | 'text' | 'raw'> {
	const [head = '', ...rest] = raw.split('\r\n\r\n');
	const headers = head
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n')
		.map((line): [string, string] => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
		});
	const encoding = headers.find(([name]) => name === 'content-transfer-encoding')?.[1] ?? '7bit';
	return { headers, raw, text: decoded(rest.join('\r\n\r\n'), encoding).replaceAll('\r\n', '\n').trim() };
}

const decoded = (body: string, encoding: string): string => {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
	return Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1').toString('utf8');
};

const unquoted = (text: string): string =>
	text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** `=?UTF-8?Q?…?=`, also in several pieces. */
const words = (value: string): string =>
	value
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
			kind.toLowerCase() === 'b'
				? decoded(text, 'base64')
				: decoded(text.replaceAll('_', ' '), 'quoted-printable')
		);
