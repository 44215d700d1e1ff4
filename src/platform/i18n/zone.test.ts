import { expect, test } from 'vitest';
import { formatDateTime, formatTime } from './format.ts';
import { inLanguage, inZone } from './language.server.ts';

const at = new Date('2026-11-27T15:30:00Z');

test('an hour is told on the clock of the reader’s agency, and to a stranger in WIB', () => {
	expect(formatDateTime(at)).toBe('27 Nov 2026, 22.30');
	inLanguage('id', () => {
		inZone('Asia/Jayapura');
		expect(formatDateTime(at)).toBe('28 Nov 2026, 00.30');
		expect(formatTime(at)).toBe('00.30');
		expect(formatDateTime(at, 'Asia/Makassar')).toBe('27 Nov 2026, 23.30');
	});
	expect(formatTime(at)).toBe('22.30');
});

test('two agencies that are answered at once each keep their own', async () => {
	const told = (zone: string) =>
		inLanguage('id', async () => {
			inZone(zone);
			await new Promise((resolve) => setTimeout(resolve, 5));
			return formatTime(at);
		});
	expect(await Promise.all([told('Asia/Makassar'), told('Asia/Jakarta'), told('Asia/Jayapura')])).toEqual([
		'23.30',
		'22.30',
		'00.30'
	]);
});
