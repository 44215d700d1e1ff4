import { expect, test } from 'vitest';
import { deviceOf } from './device.ts';
import { visitor } from './test-visitor.ts';

test('better-auth’s cookies go on as they are, but never readable by scripts nor sent by other sites', () => {
	const browser = visitor('10.0.0.1', { https: true });
	browser.keep([
		'asah.session_token=abc.d%2Be%3D; Max-Age=600; Path=/; SameSite=None',
		'other=1; Domain=evil.example'
	]);
	expect(browser.jar.get('asah.session_token')).toEqual({
		value: 'abc.d+e=',
		maxAge: 600,
		secure: true,
		httpOnly: true,
		sameSite: 'lax'
	});
	expect(browser.jar.get('other')).toEqual({ value: '1', secure: true, httpOnly: true, sameSite: 'lax' });
	browser.keep(['asah.session_token=; Max-Age=0']);
	expect(browser.jar.has('asah.session_token')).toBe(false);
});

test('better-auth sees cookies, browser and the address the server knows, and nothing else a visitor sent', () => {
	const browser = visitor('10.0.0.1', { userAgent: 'x'.repeat(1000) });
	browser.keep(['a=1%2F2; Path=/']);
	expect([...browser.headers()]).toEqual([
		['cookie', 'a=1%2F2'],
		['user-agent', 'x'.repeat(300)],
		['x-asah-address', '10.0.0.1']
	]);
});

test.each([
	[
		'Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
		'Chrome · Android'
	],
	[
		'Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
		'Samsung Internet · Android'
	],
	[
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
		'Edge · Windows'
	],
	['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox · Linux'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
		'Safari · iOS'
	],
	['curl/8.5.0', null],
	[null, null]
])('a device is named as its owner knows it: %s', (userAgent, name) => {
	expect(deviceOf(userAgent)).toBe(name);
});
