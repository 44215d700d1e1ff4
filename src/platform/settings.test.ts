import { describe, expect, test } from 'vitest';
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
				log: 'info'
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

	test('a refused address never shows its password', () => {
		const answer = read({ DATABASE_URL: 'mysql://asah:rahasia@db/asah' });
		expect(JSON.stringify(answer)).not.toContain('rahasia');
		expect(withoutPassword('postgres://asah:p@ss@db:5432/asah')).toBe('postgres://asah:***@db:5432/asah');
	});
});
