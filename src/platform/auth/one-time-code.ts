import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another when read aloud or written by hand: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';

const letters = (count: number): string =>
	Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
export const newRecoveryCode = (): string => `${letters(5)}-${letters(5)}`;
