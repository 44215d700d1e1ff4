import { randomBytes } from 'node:crypto';

// 60 random bits in letters that nobody mistakes for another (Crockford), in three groups to read out on the phone.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const WHOLE = new RegExp(`^[${LETTERS}]{12}$`);

const inGroups = (code: string): string => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;

export const verifyCode = (): string =>
	inGroups([...randomBytes(12)].map((byte) => LETTERS[byte & 31]).join(''));

/**
 * The code that somebody means who types it as they please: small letters, without dashes, O for 0, or the whole printed
 * address. Undefined when it is none, like the certificate's number.
 */
export function codeMeant(typed: string): string | undefined {
	const end = /\/verify\/[^/]+\/([^/?#]+)/iu.exec(typed)?.[1] ?? typed;
	const letters = end
		.replace(/[\s.–—-]/gu, '')
		.toUpperCase()
		.replace(/O/gu, '0')
		.replace(/[IL]/gu, '1');
	return WHOLE.test(letters) ? inGroups(letters) : undefined;
}
