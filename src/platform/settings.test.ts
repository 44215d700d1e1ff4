import { describe, expect, test } from 'vitest';
import { mailSettings } from './mail/mail-settings.ts';
import { readSettings, withoutPassword } from './settings.ts';

const ROOT = process.platform === 'win32' ? 'C:\\asah' : '/srv/asah';
const read = (env: Record<string, string>) => readSettings(env, ROOT);
const codes = (env: Record<string, string>) => {
	const answer = read(env);
	return 'problems' in answer ? answer.problems.map((problem) => [problem.name, problem.code]) : [];
};

describe('settings', () => {
	test('nothing set is a working installation on localhost:3000 with its own database and the demo city', () => {
		expect(read({})).toEqual({
			settings: {
				port: 3000,
				host: 'localhost',
				dataFolder: `${ROOT}/.asah`.replaceAll('/', process.platform === 'win32' ? '\\' : '/'),
				databaseUrl: null,
				demo: true,
				trustedProxies: 0,
				log: 'info',
				openAccess: null
			}
		});
	});

	test('an empty value counts as not set', () => {
		expect(read({ PORT: '', DATABASE_URL: '', ASAH_DEMO: '' })).toEqual(read({}));
	});

	test.each(['abc', '0', '65536', '-1', '3000 ', '3e3', '999999'])('PORT=%s is refused', (value) => {
		expect(codes({ PORT: value })).toEqual([['PORT', 'settings.port']]);
	});

	test.each(['1', '80', '65535'])('PORT=%s is taken', (value) => {
		expect(codes({ PORT: value })).toEqual([]);
	});

	test.each(['http://localhost', 'localhost:3000', '-x', 'a b'])('HOST=%s is refused', (value) => {
		expect(codes({ HOST: value })).toEqual([['HOST', 'settings.host']]);
	});

	test.each(['localhost', '0.0.0.0', '::', '::1', 'asah.medan.go.id'])('HOST=%s is taken', (value) => {
		expect(codes({ HOST: value })).toEqual([]);
	});

	test.each(['mysql://u@h/db', 'localhost/asah', 'postgres://u@h', 'postgres://u@h/', 'postgres://['])(
		'DATABASE_URL=%s is refused',
		(value) => {
			expect(codes({ DATABASE_URL: value })).toEqual([['DATABASE_URL', 'settings.database']]);
		}
	);

	test.each([
		'postgres://u:p@h:5432/asah',
		'postgresql://h/asah',
		'postgres:///asah?host=/run/postgresql&user=asah'
	])('DATABASE_URL=%s is taken', (value) => {
		expect(codes({ DATABASE_URL: value })).toEqual([]);
	});

	test('every wrong setting is named at once, and a misspelt one too', () => {
		expect(
			codes({ PORT: 'x', ASAH_DEMO: 'no', ASAH_TRUST_PROXY: 'yes', ASAH_LOG: 'loud', ASAH_DEMOO: '0' })
		).toEqual([
			['PORT', 'settings.port'],
			['ASAH_DEMO', 'settings.demo'],
			['ASAH_TRUST_PROXY', 'settings.proxy'],
			['ASAH_LOG', 'settings.log'],
			['ASAH_DEMOO', 'settings.unknown']
		]);
	});

	const MAIL = { ASAH_MAIL_FROM: 'asah@medan.go.id', ASAH_ADDRESS: 'https://asah.medan.go.id' };

	test.each([
		'surel.medan.go.id',
		'http://surel.medan.go.id',
		'smtp://',
		'smtp://asah@surel.medan.go.id',
		'smtp://asah:s@ndi/1@surel.medan.go.id',
		'smtp://asah:%zz@surel.medan.go.id',
		'smtp://surel.medan.go.id/kotak',
		'smtp://surel.medan.go.id?tls.rejectUnauthorized=false',
		'smtps://surel.medan.go.id?starttls=off',
		'smtp://surel.medan.go.id:99999'
	])('ASAH_SMTP_URL=%s is refused', (value) => {
		expect(codes({ ...MAIL, ASAH_SMTP_URL: value })).toEqual([['ASAH_SMTP_URL', 'settings.smtp']]);
	});

	test.each([
		['smtp://surel.medan.go.id', { port: 587, secure: false, startTls: true, auth: null }],
		['smtps://surel.medan.go.id', { port: 465, secure: true, startTls: false }],
		['smtp://asah:s%40ndi%2F@surel.medan.go.id:25', { port: 25, auth: { user: 'asah', pass: 's@ndi/' } }],
		['smtp://localhost:25?starttls=off', { host: 'localhost', secure: false, startTls: false }],
		['smtp://[::1]:2525', { host: '::1', port: 2525 }]
	])('ASAH_SMTP_URL=%s is taken', (value, wanted) => {
		const env = { ...MAIL, ASAH_SMTP_URL: value };
		expect(codes(env)).toEqual([]);
		expect(mailSettings(env)).toMatchObject(wanted);
		expect(mailSettings(env)).toMatchObject({ home: 'https://asah.medan.go.id', perMinute: 60 });
	});

	test('a mail server needs a sender and the address that letters lead to; without a server neither is', () => {
		expect(codes({ ASAH_SMTP_URL: 'smtp://surel.medan.go.id' })).toEqual([
			['ASAH_MAIL_FROM', 'settings.mailNeeds'],
			['ASAH_ADDRESS', 'settings.mailNeeds']
		]);
		expect(codes({})).toEqual([]);
		expect(mailSettings({})).toBeNull();
	});

	test.each([
		['ASAH_MAIL_FROM', 'asah', 'settings.mailFrom'],
		['ASAH_MAIL_FROM', 'a@kota.go.id, b@kota.go.id', 'settings.mailFrom'],
		['ASAH_MAIL_FROM', 'Asah <asah@kota.go.id>\r\nBcc: x@y.id', 'settings.mailFrom'],
		['ASAH_MAIL_PER_MINUTE', '0', 'settings.mailRate'],
		['ASAH_MAIL_PER_MINUTE', '6001', 'settings.mailRate'],
		['ASAH_MAIL_PER_MINUTE', 'cepat', 'settings.mailRate'],
		['ASAH_ADDRESS', 'asah.medan.go.id', 'settings.address'],
		['ASAH_ADDRESS', 'https://asah.medan.go.id/needs', 'settings.address'],
		['ASAH_ADDRESS', 'javascript:alert(1)', 'settings.address']
	])('%s=%s is refused', (name, value, code) => {
		expect(codes({ [name]: value })).toEqual([[name, code]]);
	});

	test('a sender may have a name, and the address a slash at its end', () => {
		expect(
			mailSettings({
				ASAH_SMTP_URL: 'smtps://surel.medan.go.id',
				ASAH_MAIL_FROM: ' Asah Kota Medan <asah@medan.go.id> ',
				ASAH_ADDRESS: 'https://asah.medan.go.id/',
				ASAH_MAIL_PER_MINUTE: '30'
			})
		).toMatchObject({
			from: { name: 'Asah Kota Medan', address: 'asah@medan.go.id' },
			home: 'https://asah.medan.go.id',
			perMinute: 30
		});
	});

	test('a refused address never shows its password', () => {
		const answer = read({ DATABASE_URL: 'mysql://asah:rahasia@db/asah' });
		expect(JSON.stringify(answer)).not.toContain('rahasia');
		for (const [name, value] of [
			['ASAH_SMTP_URL', 'smtp://asah:rahasia@surel.medan.go.id/kotak'],
			['ASAH_SMTP_URL', 'asah:rahasia@surel.medan.go.id:587'],
			['ASAH_SMTP_URLL', 'smtp://asah:rahasia@surel.medan.go.id']
		] as const)
			expect(JSON.stringify(read({ [name]: value }))).not.toContain('rahasia');
		expect(withoutPassword('postgres://asah:p@ss@db:5432/asah')).toBe('postgres://asah:***@db:5432/asah');
	});
});
