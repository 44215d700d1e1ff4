import { randomBytes } from 'node:crypto';
import { getCookieCache } from 'better-auth/cookies';
import { hashPassword } from 'better-auth/crypto';
import pg from 'pg';
import { invalid, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { constraintMeans, mended } from '#platform/work/constraint.ts';
import { betterAuthOn, CACHE_SECONDS, COOKIE_PREFIX, type BetterAuth } from './better-auth.ts';
import { passwordIssue } from './password.ts';
import { isUsername, plainUsername } from './username.ts';

type Open = { auth: BetterAuth; pool: pg.Pool; secret: string };
let open: Open | undefined;

/** better-auth on its own pool: role asah_auth, which sees the schema auth and nothing of any room. */
function opened(): Open {
	if (open) return open;
	const url = process.env['DATABASE_URL'];
	const secret = process.env['ASAH_SECRET'];
	if (!url || !secret) throw new Error('DATABASE_URL and ASAH_SECRET are not set: start Asah with npm start');
	const pool = new pg.Pool({
		connectionString: url,
		max: 8,
		idleTimeoutMillis: 60_000,
		options: '-c role=asah_auth -c search_path=auth -c timezone=UTC'
	});
	// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	open = { auth: betterAuthOn(pool, secret), pool, secret };
	return open;
}

export const auth = (): BetterAuth => opened().auth;
export const authPool = (): pg.Pool => opened().pool;
export const authSecret = (): string => opened().secret;

export async function closeAuth(): Promise<void> {
	const closing = open;
	open = undefined;
	await closing?.pool.end();
}

/** Whose request this is. `accountId` is what audit lines carry; `personId` is null for an account without a record. */
export type Session = {
	sessionId: string;
	accountId: string;
	agencyId: string;
	personId: string | null;
	name: string;
	username: string;
};

const TOKEN_COOKIE = `${COOKIE_PREFIX}.session_token=`;

/**
 * Who sent these headers, or null. Most requests are answered from a cookie that better-auth signed less than a minute
 * ago, without asking the database; `keep` receives the Set-Cookie lines that renew it (and prolong the session once a
 * day), to be put on the response with `keepCookies`.
 */
export async function sessionOf(
	headers: Headers,
	keep: (setCookies: string[]) => void = () => undefined
): Promise<Session | null> {
	const cookie = headers.get('cookie') ?? '';
	// A stranger costs nothing.
	if (!cookie.includes(TOKEN_COOKIE)) return null;
	const signed = seen.get(cookie) ?? (await signedIn(headers, cookie));
	if (signed && Date.now() < signed.until && !isEnded(signed.session.accountId, signed.at))
		return signed.session;
	const { headers: answer, response } = await auth().api.getSession({
		headers,
		query: { disableCookieCache: true },
		returnHeaders: true
	});
	keep(answer.getSetCookie());
	return response && sessionIn(response);
}

type Signed = { session: Session; at: number; until: number };

/** The same bytes verify the same: a signature is checked once in its minute of life, whether it has ended every time. */
const seen = new Map<string, Signed>();
const MOST_SEEN = 5000;

async function signedIn(headers: Headers, cookie: string): Promise<Signed | null> {
	const cached = await getCookieCache(headers, {
		cookiePrefix: COOKIE_PREFIX,
		isSecure: false,
		secret: authSecret()
	});
	if (!cached || !cookie.includes(`${TOKEN_COOKIE}${cached.session.token}.`)) return null;
	const until = Math.min(
		cached.updatedAt + CACHE_SECONDS * 1000,
		new Date(cached.session.expiresAt).getTime()
	);
	const signed = { session: sessionIn(cached), at: cached.updatedAt, until };
	if (seen.size >= MOST_SEEN) seen.clear();
	seen.set(cookie, signed);
	return signed;
}

type Found = { session: { id: string }; user: { id: string; name: string } };

function sessionIn({ session, user }: Found): Session {
	const text = (name: string): string | null => {
		const value: unknown = Reflect.get(user, name);
		return typeof value === 'string' ? value : null;
	};
	return {
		sessionId: session.id,
		accountId: user.id,
		agencyId: text('agencyId') ?? '',
		personId: text('personId'),
		name: user.name,
		username: text('username') ?? ''
	};
}

// Account → when a session of it was last ended by this process. A cookie signed before that is not believed; older
// entries are of no use because such cookies have died by themselves.
const ended = new Map<string, number>();

const isEnded = (accountId: string, signedAt: number): boolean => signedAt <= (ended.get(accountId) ?? 0);

/** Makes this process ask the database again for every session of the account; others follow within a minute. */
export function doubtSessionsOf(accountId: string, now = Date.now()): void {
	for (const [other, at] of ended) if (at < now - CACHE_SECONDS * 1000) ended.delete(other);
	ended.set(accountId, now);
}

/** How many accounts an agency has. */
export async function accountsIn(agencyId: string): Promise<number> {
	const { rows } = await authPool().query<{ accounts: number }>(
		'select count(*)::int as accounts from auth.user where agency_id = $1',
		[agencyId]
	);
	return rows[0]?.accounts ?? 0;
}

/** Signs the account out everywhere. */
export async function endSessionsOf(accountId: string): Promise<void> {
	await authPool().query('delete from auth.session where user_id = $1', [accountId]);
	doubtSessionsOf(accountId);
}

/** Who is to get in. `password: null`: nobody yet, until an access code sets one. */
export type NewAccount = {
	agencyId: string;
	personId: string | null;
	username: string;
	name: string;
	password: string | null;
};

/** Anything that sends SQL: the auth pool, or the connection of a set-up that has not committed its agency yet. */
export type Sender = { query: (text: string, values: unknown[]) => Promise<unknown> };

export async function createAccount(account: NewAccount, sender?: Sender): Promise<{ accountId: string }> {
	const [accountId = ''] = await createAccounts([account], sender);
	return { accountId };
}

/**
 * Makes accounts, all or none, in one statement for any number; ids in the order asked. Each distinct password is
 * hashed once (85 ms): equal passwords then share a salt, which only a demo city's do. Refuses: a username that is
 * taken or of no form, a person who has an account already, a weak password.
 */
export async function createAccounts(
	list: readonly NewAccount[],
	sender: Sender = authPool()
): Promise<string[]> {
	const accounts = list.map((account) => ({
		...account,
		id: newId(),
		username: plainUsername(account.username)
	}));
	for (const { username, password } of accounts) {
		if (!isUsername(username)) throw refused('auth.account.usernameForm', { username });
		const issue = password === null ? null : passwordIssue(password, username);
		if (issue) throw invalid([issue]);
	}
	const hashes = await hashesOf(new Set(accounts.map((account) => account.password)));
	await sender
		.query(
			`with new_user as (
				insert into auth.user (id, name, email, email_verified, username, agency_id, person_id)
				select id, name, username || '@asah.invalid', false, username, agency_id, person_id
				from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[]) as n(id, name, username, agency_id, person_id)
			)
			insert into auth.account (id, account_id, provider_id, user_id, password, updated_at)
			select gen_random_uuid()::text, id, 'credential', id, password, now()
			from unnest($1::text[], $6::text[]) as n(id, password)`,
			[
				accounts.map((account) => account.id),
				accounts.map((account) => account.name),
				accounts.map((account) => account.username),
				accounts.map((account) => account.agencyId),
				accounts.map((account) => account.personId),
				accounts.map((account) => hashes.get(account.password))
			]
		)
		.catch((error: unknown) => mended(error));
	return accounts.map((account) => account.id);
}

constraintMeans('user_username_key', 'auth.account.usernameTaken');
constraintMeans('user_email_key', 'auth.account.usernameTaken');
constraintMeans('user_person', 'auth.account.personHasOne');

/** No password is kept as the hash of one that nobody knows: an account without a hash would answer faster. */
async function hashesOf(passwords: ReadonlySet<string | null>): Promise<Map<string | null, string>> {
	const hashes = new Map<string | null, string>();
	for (const password of passwords)
		hashes.set(password, await hashPassword(password ?? randomBytes(32).toString('hex')));
	return hashes;
}
