import { z } from 'zod';
import { readSender } from './address.ts';

export type MailSettings = {
	host: string;
	port: number;
	/** TLS from the first byte (smtps); otherwise STARTTLS is demanded, unless it was switched off by name. */
	secure: boolean;
	startTls: boolean;
	/** Null: the server wants nobody to sign in. */
	auth: { user: string; pass: string } | null;
	from: { name: string; address: string };
	/** Where people reach this installation, without a slash at the end: letters lead there. */
	home: string;
	perMinute: number;
};

const DEFAULT_PER_MINUTE = 60;
const MOST_PER_MINUTE = 6000;

/** Shapes of the settings of mail; messages are keys of scripts/words.mjs. */
export const MAIL_ENVIRONMENT = {
	ASAH_SMTP_URL: z
		.string()
		.refine((text) => readServer(text) !== null, 'settings.smtp')
		.optional(),
	ASAH_MAIL_FROM: z
		.string()
		.refine((text) => readSender(text) !== null, 'settings.mailFrom')
		.optional(),
	ASAH_MAIL_PER_MINUTE: z
		.string()
		.regex(/^\d{1,4}$/, 'settings.mailRate')
		.transform(Number)
		.refine((count) => count >= 1 && count <= MOST_PER_MINUTE, 'settings.mailRate')
		.default(DEFAULT_PER_MINUTE),
	ASAH_ADDRESS: z
		.string()
		.refine((text) => readHome(text) !== null, 'settings.address')
		.optional()
};

const MailEnvironment = z.object(MAIL_ENVIRONMENT);

/** What letters need besides a server, and is not there; empty without a server. */
export const missingForMail = (given: Record<string, string | undefined>): string[] =>
	given['ASAH_SMTP_URL'] === undefined
		? []
		: ['ASAH_MAIL_FROM', 'ASAH_ADDRESS'].filter((name) => given[name] === undefined);

/** Null: no server was given and nothing is sent. What is wrong was refused at start. */
export function mailSettings(env: Record<string, string | undefined>): MailSettings | null {
	const given = Object.fromEntries(
		Object.keys(MAIL_ENVIRONMENT).map((name) => [name, env[name] || undefined])
	);
	const read = MailEnvironment.safeParse(given);
	if (!read.success) return null;
	const server = readServer(read.data.ASAH_SMTP_URL ?? '');
	const from = readSender(read.data.ASAH_MAIL_FROM ?? '');
	const home = readHome(read.data.ASAH_ADDRESS ?? '');
	if (server === null || from === null || home === null) return null;
	return { ...server, from, home, perMinute: read.data.ASAH_MAIL_PER_MINUTE };
}

type Server = Pick<MailSettings, 'host' | 'port' | 'secure' | 'startTls' | 'auth'>;

/** smtp[s]://[user:password@]host[:port][?starttls=off]; null when it is anything else. */
function readServer(text: string): Server | null {
	if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return null;
	const url = new URL(text);
	const secure = url.protocol === 'smtps:';
	const plain = url.search === '?starttls=off';
	if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '') return null;
	// Nothing else is passed on: no option can quietly switch off the checking of certificates.
	if (url.search !== '' && (secure || !plain)) return null;
	const auth = readAuth(url);
	if (auth === undefined) return null;
	return {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
		secure,
		startTls: !secure && !plain,
		auth
	};
}

function readAuth({ username, password }: URL): Server['auth'] | undefined {
	if (username === '' && password === '') return null;
	if (username === '' || password === '') return undefined;
	try {
		return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
	} catch {
		return undefined;
	}
}

export function readHome(text: string): string | null {
	if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return null;
	const url = new URL(text);
	const bare =
		url.pathname === '/' &&
		url.search === '' &&
		url.hash === '' &&
		url.username === '' &&
		url.password === '';
	return bare ? url.origin : null;
}
