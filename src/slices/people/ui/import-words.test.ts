import { describe, expect, test } from 'vitest';
import { say } from '#platform/i18n/say.server.ts';
import { ORDER } from '#slices/order.ts';
import { importAnswer, importTag, shownDetail, valueInWords } from './import-words.ts';

const counts = { rows: 1200, new: 3, changed: 2, wrong: 0 };

describe('a file of people or units', () => {
	test('tells what would happen before it is applied', () => {
		expect(importAnswer('checked', counts)).toBe('baris siap diterapkan; tidak ada yang salah.');
		expect(shownDetail('new', 'checked')).toBe('akan ditambahkan');
	});
	test('waits to be applied only where there is something to apply', () => {
		expect(importTag('checked', counts).label).toBe('Menunggu diterapkan');
		expect(importTag('checked', { new: 0, changed: 0, wrong: 0 }).label).toBe(
			'Tidak ada yang perlu diterapkan'
		);
		expect(importTag('checked', { new: 0, changed: 0, wrong: 7 }).label).toBe('Perlu diperbaiki dulu');
	});
	test('tells what happened after it was applied', () => {
		expect(importAnswer('applied', counts)).toBe('baris sudah diterapkan; tidak ada yang salah.');
		expect(importAnswer('applied', { ...counts, wrong: 4 })).toBe(
			'baris sudah diterapkan dari 1.200 baris; 4 baris salah dan dilewati.'
		);
		expect([shownDetail('new', 'applied'), shownDetail('changed', 'applied')]).toEqual([
			'ditambahkan',
			'dibarui'
		]);
		expect(shownDetail('unchanged', 'applied')).toBe('sudah sama');
	});
	test('does not claim to be ready once it was discarded', () => {
		expect(importAnswer('discarded', counts)).toContain('tidak jadi diterapkan');
		expect(shownDetail('changed', 'discarded')).toBe('tidak jadi dibarui');
	});
	test('with nothing but wrong rows was never applied, whatever became of it', () => {
		expect(importAnswer('applied', { rows: 4, new: 0, changed: 0, wrong: 4 })).toContain('4 baris');
		expect(importAnswer('applied', { rows: 4, new: 0, changed: 0, wrong: 0 })).toContain('sama');
	});
});

test.each([
	['active', 'false', 'tidak'],
	['legal_status', 'left', 'Sudah berhenti atau pensiun'],
	['sex', 'male', 'laki-laki'],
	['echelon', '22', 'II.b'],
	['post_since', '2024-01-05', '5 Januari 2024'],
	['name', 'Siti Rahma', 'Siti Rahma']
])('a changed %s “%s” is said as “%s”', (field, value, words) => {
	expect(valueInWords(field, value)).toBe(words);
});

test.each([...ORDER, 'platform'])('what of %s an import holds up is said in words', (room) => {
	expect(say(`people.import.depends.${room}`, { count: 2 })).not.toContain('people.import');
});
