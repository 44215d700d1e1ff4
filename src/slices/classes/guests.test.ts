import { describe, expect, test } from 'vitest';
import { guestsElsewhere, guestsIn } from './guests.ts';

const visit = (id: string, guests: string, from: string, to: string) => ({
	id,
	code: `KL-${id}`,
	guests,
	startsAt: new Date(`2027-03-01T${from}:00Z`),
	endsAt: new Date(`2027-03-01T${to}:00Z`)
});

describe('speakers from outside', () => {
	test.each([
		['Dr. Sari Contoh, USU', ['sari contoh']],
		['Prof. Dr. Sari  Contoh, M.Si.; Bapak Budi, Ombudsman', ['sari contoh', 'budi']],
		['IBU SARI CONTOH', ['sari contoh']],
		['', []],
		['Dr.', []]
	])('%s', (text, keys) => {
		expect(guestsIn(text).map(({ key }) => key)).toEqual(keys);
	});

	test('stand in two sessions at a time only when their hours overlap', () => {
		const found = guestsElsewhere([
			visit('1', 'Dr. Sari Contoh, USU', '08:00', '10:00'),
			visit('2', 'Sari Contoh', '09:30', '11:00'),
			visit('3', 'Sari Contoh', '11:00', '12:00'),
			visit('4', 'Budi', '08:00', '12:00')
		]);
		expect([...found]).toEqual([
			['1', [{ name: 'Dr. Sari Contoh (KL-2)', minutes: 30 }]],
			['2', [{ name: 'Sari Contoh (KL-1)', minutes: 30 }]]
		]);
	});
});
