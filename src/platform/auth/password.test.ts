import { expect, test } from 'vitest';
import { passwordIssue } from './password.ts';
import { isUsername, plainUsername } from './username.ts';

const nip = '198503122010011004';

test('ten characters of any kind are enough, spaces and letters of any script included', () => {
	for (const password of ['sepuluhchr', 'kuda hijau', '1234567890', 'ᬓᬸᬤᬳᬶᬚᭀᬉ ᬓ᭄ᬢ'])
		expect(passwordIssue(password, nip)).toBeNull();
});

test('a password that is too short or too long is told its limit', () => {
	expect(passwordIssue('sembilan9', nip)).toEqual({
		path: 'password',
		code: 'auth.password.tooShort',
		params: { minimum: 10 }
	});
	expect(passwordIssue('a'.repeat(128), nip)).toBeNull();
	expect(passwordIssue('a'.repeat(129), nip, 'newPassword')).toEqual({
		path: 'newPassword',
		code: 'auth.password.tooLong',
		params: { maximum: 128 }
	});
});

test('the own NIP is no password, however it is spaced; another one is', () => {
	for (const password of [nip, '19850312 201001 1 004', '19850312-201001-1-004'])
		expect(passwordIssue(password, nip)?.code).toBe('auth.password.isUsername');
	expect(passwordIssue('198503122010011005', nip)).toBeNull();
});

test('a NIP may be typed as lists print it; a code is only trimmed and made small', () => {
	expect(plainUsername(" '19850312 201001 1 004\u200B")).toBe(nip);
	expect(plainUsername('1985.0312.2010-01-1004')).toBe(nip);
	expect(plainUsername(' Walikota.Medan ')).toBe('walikota.medan');
	expect(plainUsername('wali kota')).toBe('wali kota');
});

test('usernames are NIP or short codes', () => {
	for (const name of [nip, 'walikota.medan', 'sekda_01', 'abc']) expect(isUsername(name)).toBe(true);
	for (const name of ['', 'ab', 'Wali', 'wali kota', 'a@b.c', 'a'.repeat(31)])
		expect(isUsername(name)).toBe(false);
});
