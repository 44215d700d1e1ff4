import { describe, expect, test } from 'vitest';
import { codeMeant, verifyCode } from './verify-code.ts';

describe('a code that somebody types from the paper', () => {
	test.each([
		'7K3M-9QX2-P0T1',
		'7k3m9qx2p0t1',
		' 7K3M 9QX2 P0T1 ',
		'7K3M–9QX2–P0T1',
		'7K3M-9QX2-POTI',
		'7k3m-9qx2-potl',
		'asah.medan.go.id/verify/medan/7K3M-9QX2-P0T1',
		'https://asah.medan.go.id/verify/medan/7K3M-9QX2-P0T1?lang=en'
	])('%s is the same code', (typed) => {
		expect(codeMeant(typed)).toBe('7K3M-9QX2-P0T1');
	});

	test.each(['', '7K3M', '7K3M-9QX2-P0T1-8', '00012/PPP/MEDAN/XI/2026', 'UUUU-UUUU-UUUU', 'Ani Lestari'])(
		'“%s” is none',
		(typed) => {
			expect(codeMeant(typed)).toBeUndefined();
		}
	);

	test('every code that is given out reads back as itself', () => {
		for (let times = 0; times < 100; times += 1) {
			const code = verifyCode();
			expect(codeMeant(code.toLowerCase().replaceAll('-', ''))).toBe(code);
		}
	});
});
