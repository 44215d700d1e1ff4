import { expect, test } from 'vitest';
import { codeHash, newAccessCode, newRecoveryCode, plainCode, sameHash, spoken } from './one-time-code.ts';

test('codes use only characters that cannot be taken for one another', () => {
	const codes = Array.from({ length: 500 }, newAccessCode);
	for (const code of codes) expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{8}$/);
	expect(new Set(codes).size).toBe(500);
	expect(new Set(codes.join('')).size).toBe(23);
	expect(newRecoveryCode()).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{5}-[34679ACDEFGHJKMNPQRTWXY]{5}$/);
});

test('a code read aloud and typed anyhow is the same code', () => {
	expect(spoken('ACDEFGHJ')).toBe('ACDE-FGHJ');
	for (const typed of ['ACDE-FGHJ', 'acde fghj', ' a c d e f g h j ', 'ACDE–FGHJ'])
		expect(plainCode(typed)).toBe('ACDEFGHJ');
});

test('the stored hash is bound to the person and to the secret of the installation', () => {
	const hash = codeHash('ACDEFGHJ', 'siti', 'secret');
	expect(hash).toMatch(/^[0-9a-f]{64}$/);
	expect(sameHash(hash, codeHash('ACDEFGHJ', 'siti', 'secret'))).toBe(true);
	expect(sameHash(hash, codeHash('ACDEFGHJ', 'budi', 'secret'))).toBe(false);
	expect(sameHash(hash, codeHash('ACDEFGHJ', 'siti', 'other'))).toBe(false);
	expect(sameHash(hash, codeHash('ACDEFGHK', 'siti', 'secret'))).toBe(false);
	expect(sameHash(hash, '')).toBe(false);
});
