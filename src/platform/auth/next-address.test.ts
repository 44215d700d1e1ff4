import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAddress, withNext } from './next-address.ts';

test('after signing in one arrives where one wanted to go', () => {
	for (const next of ['/', '/people', '/needs/heat-map?unit=1&sort=-gap#top', '/kelas/ada%20spasi'])
		expect(nextAddress(next)).toBe(next);
});

test.each([
	'https://evil.example/',
	'//evil.example',
	'/.//evil.example',
	'/people/..//evil.example',
	'/\\evil.example',
	'/\t/evil.example',
	'/\n/evil.example',
	'\\\\evil.example',
	'javascript:alert(1)',
	'people',
	'',
	'http:evil.example'
])('a link cannot lead on to a stranger: %j', (next) => {
	expect(nextAddress(next)).toBe('/');
});

test('nothing is nowhere in particular, and the doors themselves are no goal', () => {
	expect(nextAddress(null)).toBe('/');
	expect(nextAddress(undefined)).toBe('/');
	expect(nextAddress('/sign-in?next=/sign-in')).toBe('/');
	expect(nextAddress('/sign-out')).toBe('/');
	expect(nextAddress('/two-factor')).toBe('/');
});

test('whatever is asked for, the answer is a path of this site', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.webPath()), (next) => {
			const address = nextAddress(next);
			expect(new URL(address, 'https://asah.example').origin).toBe('https://asah.example');
			expect(address.startsWith('/')).toBe(true);
		})
	);
});

test('the goal survives the second factor', () => {
	expect(withNext('/two-factor', '/')).toBe('/two-factor');
	const carried = new URL(withNext('/two-factor', '/people?q=siti & budi'), 'https://asah.example');
	expect(nextAddress(carried.searchParams.get('next'))).toBe('/people?q=siti%20&%20budi');
});
