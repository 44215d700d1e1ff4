import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { MAIL_ENVIRONMENT, missingForMail } from './mail/mail-settings.ts';
import { PUSH_ENVIRONMENT } from './push/push-settings.ts';

/**
 * Everything an installation can set, read once at start; nothing else reads the environment for a setting. Those of
 * mail and push are checked here with the others, and read by the app itself (`mailSettings`, `pushSettings`).
 */
export type Settings = {
	port: number;
	/** Interface to listen on; 'localhost' means both loopback addresses. */
	host: string;
	/** Folder of the embedded database and of what is known about the running server. */
	dataFolder: string;
	/** The installation's own PostgreSQL, or null: the embedded one. */
	databaseUrl: string | null;
	/** Fill an empty database with the demo city. */
	demo: boolean;
	/** Number of proxies in front whose x-forwarded-* headers are believed; 0: none. */
	trustedProxies: number;
	log: (typeof LOG_LEVELS)[number];
	/** NIP or name of an account that is given a one-time code at this start, or null. */
	openAccess: string | null;
};

/** `code` is a key of scripts/words.mjs and says what a right value looks like. */
export type SettingProblem = { name: string; value: string; code: string };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

// Characters of a host name, an IPv4 or an IPv6 address: catches an address with scheme or port.
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f]*:[0-9a-f:.]*)$/i;

const Environment = z.object({
	PORT: z
		.string()
		.regex(/^\d{1,5}$/, 'settings.port')
		.transform(Number)
		.refine((port) => port >= 1 && port <= 65_535, 'settings.port')
		.default(3000),
	HOST: z.string().regex(HOST, 'settings.host').default('localhost'),
	ASAH_DATA: z
		.string()
		.refine((path) => !path.includes('\0') && !path.includes('://'), 'settings.data')
		.default('.asah'),
	DATABASE_URL: z.string().refine(isPostgresAddress, 'settings.database').nullable().default(null),
	ASAH_DEMO: z
		.enum(['0', '1'], 'settings.demo')
		.default('1')
		.transform((value) => value === '1'),
	ASAH_TRUST_PROXY: z
		.string()
		.regex(/^[0-5]$/, 'settings.proxy')
		.default('0')
		.transform(Number),
	ASAH_LOG: z.enum(LOG_LEVELS, 'settings.log').default('info'),
	ASAH_OPEN_ACCESS: z.string().nullable().default(null),
	/** Read by whoever takes files (files/virus-scan.ts); a wrong address is told at start. */
	ASAH_VIRUS_SCAN: z
		.string()
		.refine(
			(value) => !value.startsWith('clamd:') || /^clamd:(\/.+|[^:]+:\d{1,5})$/.test(value),
			'settings.virusScan'
		)
		.nullable()
		.default(null),
	...MAIL_ENVIRONMENT,
	...PUSH_ENVIRONMENT
});

export const SETTING_NAMES = Object.keys(Environment.shape);

function isPostgresAddress(value: string): boolean {
	// A socket address has no host (postgres:///asah?host=/run/postgresql), which URL accepts for these schemes.
	if (!/^postgres(ql)?:\/\//.test(value)) return false;
	return URL.canParse(value) && new URL(value).pathname.length > 1;
}

/**
 * Reads the settings; every wrong one is named, not only the first. Empty means not set.
 * A name that starts with ASAH_ and is not a setting is refused: it is most often a slip of the pen that would
 * otherwise quietly do nothing.
 */
export function readSettings(
	env: Record<string, string | undefined>,
	root: string
): { settings: Settings } | { problems: SettingProblem[] } {
	const given = Object.fromEntries(SETTING_NAMES.map((name) => [name, env[name] || undefined]));
	const unknown = Object.keys(env)
		.filter((name) => name.startsWith('ASAH_') && !SETTING_NAMES.includes(name))
		.map((name) => ({ name, value: withoutPassword(env[name] ?? ''), code: 'settings.unknown' }));
	const read = Environment.safeParse(given);
	const absent = missingForMail(given).map((name) => ({ name, value: '', code: 'settings.mailNeeds' }));
	if (!read.success || unknown.length + absent.length > 0) {
		const wrong = (read.error?.issues ?? []).map((issue) => {
			const name = String(issue.path[0]);
			return { name, value: withoutPassword(given[name] ?? ''), code: issue.message };
		});
		return { problems: [...wrong, ...absent, ...unknown] };
	}
	const data = read.data.ASAH_DATA;
	return {
		settings: {
			port: read.data.PORT,
			host: read.data.HOST,
			dataFolder: isAbsolute(data) ? data : resolve(root, data),
			databaseUrl: read.data.DATABASE_URL,
			demo: read.data.ASAH_DEMO,
			trustedProxies: read.data.ASAH_TRUST_PROXY,
			log: read.data.ASAH_LOG,
			openAccess: read.data.ASAH_OPEN_ACCESS
		}
	};
}

/** An address as it may be shown in a terminal that others can see; also one whose scheme was forgotten. */
export const withoutPassword = (address: string): string =>
	address.includes('://')
		? address.replace(/(:\/\/[^:@/\s]*):.*@/, '$1:***@')
		: address.replace(/^([^:@/\s]*):.*@/, '$1:***@');
