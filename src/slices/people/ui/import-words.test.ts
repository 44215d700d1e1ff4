import { describe, expect, test } from 'vitest';
import { importAnswer, shownDetail } from './import-words.ts';

const counts = { rows: 1200, new: 3, changed: 2, wrong: 0 };

describe('a file of people or units', () => {
	test('tells what would happen before it is applied', () => {
		expect(importAnswer('checked', counts)).toBe('baris siap diterapkan; tidak ada yang salah.');
		expect(shownDetail('new', 'checked')).toBe('akan ditambahkan');
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
