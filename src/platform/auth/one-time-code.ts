import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';

/** Characters that nobody takes for one another, read aloud or written by hand: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';

const characters = (count: number): string =>
	Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** Eight characters, 36 bits: far more than five tries can find. */
export const newAccessCode = (): string => characters(8);

/** Ten characters, 45 bits, as they are printed. */
export const newRecoveryCode = (): string => `${characters(5)}-${characters(5)}`;

/** As it is read aloud: 'ACDE-FGHJ'. */
export const spoken = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** What was typed without the spaces, dashes and small letters that people add. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');

/**
 * What is stored of an access code. 36 bits can be tried out by whoever holds the table, so the hash is keyed with a
 * secret that the rooms cannot read, and bound to the person.
 */
export const codeHash = (code: string, personId: string, secret: string): string =>
	createHmac('sha256', secret).update(`access-code:${personId}:${code}`).digest('hex');

export const sameHash = (a: string, b: string): boolean =>
	a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
