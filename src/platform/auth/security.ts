import { missing, refused, signedOut } from '#kernel/errors.ts';
import { countTry, forgive, limitsOf } from './attempts.ts';
import { auth, authPool, doubtSessionsOf } from './auth.ts';
import { addressOf } from './cookies.ts';
import { plainCode } from './one-time-code.ts';
import { passwordIssue, typeAgain } from './password.ts';
import { refusing } from './sign-in.ts';
import { shownAddress } from './device.ts';
import { offerOf, type TwoFactorOffer } from './totp-offer.ts';

/** A device that is signed in. */
export type OpenSession = {
	id: string;
	here: boolean;
	since: Date;
	userAgent: string | null;
	address: string | null;
};
export type Security = {
	accountId: string;
	name: string;
	username: string;
	twoFactor: boolean;
	sessions: OpenSession[];
};

/**
 * What the account's page shows, read from the database; null when the session has ended meanwhile. `keep` receives the
 * Set-Cookie lines, which then clear the cookies.
 */
export async function securityOf(
	headers: Headers,
	keep: (setCookies: string[]) => void
): Promise<Security | null> {
	const found = await auth().api.getSession({
		headers,
		query: { disableCookieCache: true },
		returnHeaders: true
	});
	keep(found.headers.getSetCookie());
	if (!found.response) return null;
	const { user, session } = found.response;
	const sessions = await auth().api.listSessions({ headers });
	return {
		accountId: user.id,
		name: user.name,
		username: user.username ?? '',
		twoFactor: user.twoFactorEnabled === true,
		sessions: sessions
			.map(({ id, createdAt, userAgent, ipAddress }) => ({
				id,
				here: id === session.id,
				since: createdAt,
				userAgent: userAgent ?? null,
				address: ipAddress ? shownAddress(ipAddress) : null
			}))
			.sort((a, b) => Number(b.here) - Number(a.here) || b.since.getTime() - a.since.getTime())
	};
}

/** Sets another password and ends all other sessions. Refuses: current one wrong, new one weak, too many tries. */
export async function changePassword(
	headers: Headers,
	typed: { password: string; newPassword: string },
	now = Date.now()
): Promise<string[]> {
	const { user } = await current(headers);
	const issue = passwordIssue(typed.newPassword, user.username ?? '', 'newPassword');
	if (issue) throw typeAgain(issue.path, issue.code, issue.params);
	const answer = await withPassword(headers, user.id, typed.password, now, () =>
		auth().api.changePassword({
			headers,
			body: { currentPassword: typed.password, newPassword: typed.newPassword, revokeOtherSessions: true },
			returnHeaders: true
		})
	);
	doubtSessionsOf(user.id);
	return answer.headers.getSetCookie();
}

/** Offers a second factor; nothing is asked for at sign-in before `confirmTwoFactor`. Refuses: wrong password, on already. */
export async function offerTwoFactor(
	headers: Headers,
	password: string,
	now = Date.now()
): Promise<TwoFactorOffer> {
	const { user } = await current(headers);
	const { response } = await withPassword(headers, user.id, password, now, () =>
		auth().api.enableTwoFactor({ headers, body: { password }, returnHeaders: true })
	);
	const secret = 'totpURI' in response ? new URL(response.totpURI).searchParams.get('secret') : null;
	if (secret === null) throw new Error('better-auth offered no TOTP secret');
	return offerOf(secret, user.username ?? '');
}

/** Switches the second factor on; answers the recovery codes, to be shown once. Refuses: wrong code. */
export async function confirmTwoFactor(
	headers: Headers,
	typed: string
): Promise<{ recoveryCodes: string[]; setCookies: string[] }> {
	const { user } = await current(headers);
	const answer = await auth()
		.api.verifyTOTP({ headers, body: { code: plainCode(typed) }, returnHeaders: true })
		.catch(
			refusing((reason) =>
				reason === 'INVALID_CODE'
					? typeAgain('code', 'auth.twoFactor.wrongFirst')
					: refused('auth.twoFactor.notOffered')
			)
		);
	doubtSessionsOf(user.id);
	const { backupCodes } = await auth().api.viewBackupCodes({ body: { userId: user.id } });
	return { recoveryCodes: backupCodes, setCookies: answer.headers.getSetCookie() };
}

/** Refuses: wrong password. */
export async function stopTwoFactor(headers: Headers, password: string, now = Date.now()): Promise<string[]> {
	const { user } = await current(headers);
	const answer = await withPassword(headers, user.id, password, now, () =>
		auth().api.disableTwoFactor({ headers, body: { password }, returnHeaders: true })
	);
	doubtSessionsOf(user.id);
	return answer.headers.getSetCookie();
}

/** Ten new recovery codes, to be shown once; the old ones are worthless. Refuses: wrong password, no second factor. */
export async function newRecoveryCodes(
	headers: Headers,
	password: string,
	now = Date.now()
): Promise<string[]> {
	const { user } = await current(headers);
	const { response } = await withPassword(headers, user.id, password, now, () =>
		auth().api.generateBackupCodes({ headers, body: { password }, returnHeaders: true })
	);
	return response.backupCodes;
}

/** Ends one of one's own sessions. Refuses: no such session of this account. */
export async function endSession(headers: Headers, sessionId: string): Promise<string[]> {
	const { user } = await current(headers);
	const session = (await auth().api.listSessions({ headers })).find(({ id }) => id === sessionId);
	if (!session) throw missing('auth.session.ended');
	const answer = await auth().api.revokeSession({
		headers,
		body: { token: session.token },
		returnHeaders: true
	});
	doubtSessionsOf(user.id);
	return answer.headers.getSetCookie();
}

/** Ends every session of the account but this one. */
export async function endOtherSessions(headers: Headers): Promise<void> {
	const { user } = await current(headers);
	await auth().api.revokeOtherSessions({ headers });
	doubtSessionsOf(user.id);
}

async function current(headers: Headers) {
	const found = await auth().api.getSession({ headers, query: { disableCookieCache: true } });
	if (!found) throw signedOut();
	return found;
}

/** A call that proves itself with the account's password: guesses are counted, whoever sits at the open screen. */
async function withPassword<T>(
	headers: Headers,
	accountId: string,
	password: string,
	now: number,
	call: () => Promise<T>
): Promise<T> {
	if (password === '') throw typeAgain('password', 'kernel.field.required');
	const limits = limitsOf('password', accountId, addressOf(headers));
	await countTry(authPool(), limits, now);
	const answer = await call().catch(
		refusing((reason) =>
			reason === 'INVALID_PASSWORD'
				? typeAgain('password', 'auth.password.wrong')
				: refused('auth.security.changed')
		)
	);
	await forgive(authPool(), limits, now);
	return answer;
}
