import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseNip } from '#kernel/nip.ts';
import { makeAgency } from './agency.ts';
import { brokenExport } from './broken.ts';
import { asnTable } from './siasn.ts';
import { ASN_COLUMNS } from './siasn-columns.ts';

const medan = makeAgency('medan');
const broken = brokenExport(medan);
const whole = asnTable(medan);
const nipAt = (row: number) => broken.table.rows[row - 2]?.[ASN_COLUMNS.indexOf('nip_baru')] ?? '';
const today = '2026-11-21';

describe('the export with 500 broken rows', () => {
	it('breaks exactly 500 different rows and leaves the others as they were', () => {
		const rows = new Set(broken.expected.map(({ row }) => row));
		expect(broken.expected).toHaveLength(500);
		expect(rows.size).toBe(500);
		broken.table.rows.forEach((row, index) => {
			const differs = row.some((cell, at) => cell !== whole.rows[index]?.[at]);
			expect(differs, `row ${index + 2}`).toBe(rows.has(index + 2));
		});
	});

	it('is a CSV of 14,351 rows in which the row numbers hold', () => {
		const lines: string[][] = parse(broken.csv);
		expect(lines).toHaveLength(14_352);
		for (const { row, column, code } of broken.expected) {
			if (code === 'people.import.emptyName')
				expect(lines[row - 1]?.[ASN_COLUMNS.indexOf(column)]?.trim()).toBe('');
		}
	});

	it('has NIP that are refused for exactly the reason given, and no other NIP that is refused', () => {
		const refused = new Map(
			broken.expected.filter(({ code }) => code.startsWith('people.nip.')).map(({ row, code }) => [row, code])
		);
		broken.table.rows.forEach((_, index) => {
			const result = parseNip(nipAt(index + 2), today);
			expect(result.ok ? undefined : result.code, nipAt(index + 2)).toBe(refused.get(index + 2));
		});
	});

	it('has each duplicate after a row that stays right', () => {
		const faulty = new Set(broken.expected.map(({ row }) => row));
		for (const { row } of broken.expected.filter(({ code }) => code === 'people.import.duplicateNip')) {
			expect(nipAt(row)).toBe(nipAt(row - 1));
			expect(faulty.has(row - 1)).toBe(false);
		}
	});

	it('breaks no head of a unit, so the unit table still fits', () => {
		const heads = new Set(medan.units.map(({ headId }) => headId));
		for (const { row } of broken.expected) expect(heads.has(medan.people[row - 2]?.id ?? '')).toBe(false);
	});

	it('is broken the same way every time', () => {
		expect(brokenExport(medan).csv).toBe(broken.csv);
	});
});
