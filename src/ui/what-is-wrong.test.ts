import { describe, expect, test } from 'vitest';
import { whatIsWrong, type Judged } from './what-is-wrong.ts';

describe('what a browser refuses by itself is told with its limit', () => {
	test.each<[string, Judged, string]>([
		['an empty field', { type: 'text', validity: { valueMissing: true } }, 'Isian ini wajib.'],
		[
			'a decree of tomorrow',
			{ type: 'date', validity: { rangeOverflow: true }, max: '2026-11-27' },
			'Paling akhir 27 November 2026.'
		],
		[
			'a day too early',
			{ type: 'date', validity: { rangeUnderflow: true }, min: '2026-11-27' },
			'Paling awal 27 November 2026.'
		],
		[
			'31 February',
			{ type: 'date', validity: { badInput: true } },
			'Isi dengan tanggal yang ada di kalender, misalnya 2026-03-09.'
		],
		['no seat', { type: 'number', validity: { rangeUnderflow: true }, min: '1' }, 'Paling kecil 1.'],
		[
			'half a seat',
			{ type: 'number', validity: { stepMismatch: true }, step: '1' },
			'Isi dengan bilangan bulat.'
		],
		[
			'a third of an hour',
			{ type: 'number', validity: { stepMismatch: true }, step: '0.5' },
			'Isi dengan kelipatan 0,5.'
		],
		[
			'a password of three',
			{ type: 'password', validity: { tooShort: true }, minLength: 10 },
			'Paling sedikit 10 huruf.'
		],
		[
			'an address without https',
			{ type: 'url', validity: { typeMismatch: true } },
			'Isi dengan alamat lengkap, misalnya https://contoh.go.id.'
		],
		[
			'e-mail without @',
			{ type: 'email', validity: { typeMismatch: true } },
			'Isi dengan alamat surel, misalnya nama@kota.go.id.'
		],
		['something else', { type: 'text', validity: { patternMismatch: true } }, 'Isian ini tidak dikenali.']
	])('%s', (_, control, sentence) => {
		expect(whatIsWrong(control)).toBe(sentence);
	});
});
