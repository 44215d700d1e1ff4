import { APIError } from 'better-auth/api';
import { AppError, refused } from '#kernel/errors.ts';
import { countTry, forgive, limitsOf } from './attempts.ts';
import { auth, authPool, doubtSessionsOf, sessionOf } from './auth.ts';
import { addressOf } from './cookies.ts';
import { plainCode } from './one-time-code.ts';
import { typeAgain } from './password.ts';
import { plainUsername } from './username.ts';

/** `open`: signed in; `secondFactor`: the password was right, a code is still asked for. */
export type Door = { state: 'open' | 'secondFactor'; setCookies: string[] };

/**
 * NIP and password. Refuses: wrong pair (says the same, after the same time, whether the NIP exists or not), too many
 * tries. `shared`: somebody else's computer, so the session ends with the browser, after a day at the latest.
 */
export async function signIn(
	headers: Headers,
	typed: { username: string; password: string; shared: boolean },
	now = Date.now()
): Promise<Door> {
	const username = plainUsername(typed.username);
	if (username === '') throw typeAgain('username', 'kernel.field.required');
	if (typed.password === '') throw typeAgain('password', 'kernel.field.required');
	const limits = limitsOf('sign-in', username, addressOf(headers));
	await countTry(authPool(), limits, now);
	const answer = await auth()
		.api.signInUsername({
			headers,
			body: { username, password: typed.password, rememberMe: !typed.shared },
			returnHeaders: true
		})
		.catch(refusing(() => refused('auth.signIn.mismatch')));
	await forgive(authPool(), limits, now);
	return {
		state: 'twoFactorRedirect' in answer.response ? 'secondFactor' : 'open',
		setCookies: answer.headers.getSetCookie()
	};
}

/**
 * The second factor of a sign-in that has begun: six digits from the app, or one of the recovery codes. Refuses: wrong
 * code, five wrong ones (start again), ten in a row (better-auth closes the factor for a quarter of an hour).
 */
export async function secondFactor(headers: Headers, typed: string): Promise<Door> {
	const code = plainCode(typed);
	if (code === '') throw typeAgain('code', 'kernel.field.required');
	const call = { headers, returnHeaders: true } as const;
	const answer = await (
		/^\d{6}$/.test(code)
			? auth().api.verifyTOTP({ ...call, body: { code } })
			: auth().api.verifyBackupCode({ ...call, body: { code: `${code.slice(0, 5)}-${code.slice(5)}` } })
	).catch(
		refusing((reason) => {
			if (reason === 'INVALID_CODE' || reason === 'INVALID_BACKUP_CODE')
				return typeAgain('code', 'auth.twoFactor.wrong');
			if (reason === 'ACCOUNT_TEMPORARILY_LOCKED')
				return new AppError('tooOften', 'auth.tooOften', { minutes: 15 });
			return refused('auth.twoFactor.startAgain');
		})
	);
	return { state: 'open', setCookies: answer.headers.getSetCookie() };
}

/** Ends this session; without one, merely clears the cookies. */
export async function signOut(headers: Headers): Promise<string[]> {
	const session = await sessionOf(headers);
	const answer = await auth().api.signOut({ headers, returnHeaders: true });
	if (session) doubtSessionsOf(session.accountId);
	return answer.headers.getSetCookie();
}

/** Turns better-auth's refusals (4xx) into ours by their code; its failures stay the bugs they are. */
export function refusing(ours: (reason: string) => AppError): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
		throw ours(typeof error.body?.code === 'string' ? error.body.code : '');
	};
}
