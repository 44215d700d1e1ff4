import { invalid, type Issue } from '#kernel/errors.ts';
import { plainUsername } from './username.ts';

/** Characters. Ten at least and nothing about kinds of characters, after NIST SP 800-63B §5.1.1.2. */
export const PASSWORD_LENGTH = { minimum: 10, maximum: 128 } as const;

/** What is wrong with a new password, or null: its length, or that it is the very NIP it protects. */
export function passwordIssue(password: string, username: string, path = 'password'): Issue | null {
	const { minimum, maximum } = PASSWORD_LENGTH;
	if (password.length < minimum) return { path, code: 'auth.password.tooShort', params: { minimum } };
	if (password.length > maximum) return { path, code: 'auth.password.tooLong', params: { maximum } };
	if (plainUsername(password) === username) return { path, code: 'auth.password.isUsername', params: {} };
	return null;
}

/** The refusal of a form whose secrets are not given back: the field says why, the form that they are typed anew. */
export const typeAgain = (path: string, code: string, params: Issue['params'] = {}) =>
	invalid([{ path, code, params }], 'auth.typeAgain');
