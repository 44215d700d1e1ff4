import { describe, expect, test } from 'vitest';
import { DOCUMENT_FONT } from './fonts.ts';
import { readBack } from './read-back.ts';
import { renderPdf } from './render-pdf.ts';

const SHEET = `
#set document(title: sys.inputs.title)
#set text(font: "${DOCUMENT_FONT}", lang: "id")
#sys.inputs.title
`;
const createdAt = new Date('2026-03-02T01:02:03Z');

describe('a document', () => {
	test('is a PDF with its title, language and date', () => {
		const pdf = renderPdf(SHEET, { title: 'Surat tugas' }, { createdAt });
		expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
		const { pages, structure } = readBack(pdf);
		expect(pages).toEqual(['Surat tugas']);
		expect(structure).toContain('/Title (Surat tugas)');
		expect(structure).toContain('/Lang (id)');
		expect(structure).toContain('D:20260302010203');
		expect(structure).toContain('PlusJakartaSans-Regular');
	});

	test('is the same to the byte when made again, and not when its date differs', () => {
		const once = renderPdf(SHEET, { title: 'Sama' }, { createdAt, standard: 'a-2a' });
		expect(renderPdf(SHEET, { title: 'Sama' }, { createdAt, standard: 'a-2a' })).toEqual(once);
		const later = new Date('2026-03-03T00:00:00Z');
		expect(renderPdf(SHEET, { title: 'Sama' }, { createdAt: later, standard: 'a-2a' })).not.toEqual(once);
	});

	test.each([
		['a-2a', /<pdfaid:part>2<.*<pdfaid:conformance>A</su],
		['ua-1', /<pdfuaid:part>1</u]
	] as const)('says that it keeps %s', (standard, mark) => {
		expect(readBack(renderPdf(SHEET, { title: 'Arsip' }, { createdAt, standard })).structure).toMatch(mark);
	});

	test('shows what people typed, never runs it', () => {
		const typed = '#panic("x") $a$ *b* _c_ \\n "d" \'e\' <f> @g `h` // i -- j ~ k';
		expect(readBack(renderPdf(SHEET, { title: typed }, { createdAt })).pages).toEqual([typed]);
	});

	test('is made without the standard when no font has a letter, rather than not at all', () => {
		const pdf = renderPdf(SHEET, { title: 'Nama \u{10FFFD}' }, { createdAt, standard: 'a-2a' });
		expect(readBack(pdf).structure).not.toContain('pdfaid:part');
	});

	test('is refused, with the reason, when the template is wrong', () => {
		expect(() => renderPdf('#nosuch', {}, { createdAt })).toThrow(/unknown variable: nosuch/u);
		expect(() => renderPdf('#image("a.png")', {}, { createdAt, standard: 'a-2a' })).toThrow(/not found/u);
	});

	test('can read no file of the machine', () => {
		expect(() => renderPdf('#read("/etc/passwd")', {}, { createdAt })).toThrow();
		expect(() => renderPdf('#read("../../../package.json")', {}, { createdAt })).toThrow();
	});
});
