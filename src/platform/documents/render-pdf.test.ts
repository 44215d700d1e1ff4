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
	test('is a PDF with its title, language and date', async () => {
		const pdf = await renderPdf(SHEET, { title: 'Surat tugas' }, { createdAt });
		expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
		const { pages, structure } = readBack(pdf);
		expect(pages).toEqual(['Surat tugas']);
		expect(structure).toContain('/Title (Surat tugas)');
		expect(structure).toContain('/Lang (id)');
		expect(structure).toContain('D:20260302010203');
		expect(structure).toContain('PlusJakartaSans-Regular');
	});

	test('is the same to the byte when made again, and not when its date differs', async () => {
		const once = await renderPdf(SHEET, { title: 'Sama' }, { createdAt, standard: 'a-2a' });
		expect(await renderPdf(SHEET, { title: 'Sama' }, { createdAt, standard: 'a-2a' })).toEqual(once);
		const later = new Date('2026-03-03T00:00:00Z');
		expect(await renderPdf(SHEET, { title: 'Sama' }, { createdAt: later, standard: 'a-2a' })).not.toEqual(
			once
		);
	});

	test.each([
		['a-2a', /<pdfaid:part>2<.*<pdfaid:conformance>A</su],
		['ua-1', /<pdfuaid:part>1</u]
	] as const)('says that it keeps %s', async (standard, mark) => {
		expect(readBack(await renderPdf(SHEET, { title: 'Arsip' }, { createdAt, standard })).structure).toMatch(
			mark
		);
	});

	test('shows what people typed, never runs it', async () => {
		const typed = '#panic("x") $a$ *b* _c_ \\n "d" \'e\' <f> @g `h` // i -- j ~ k';
		expect(readBack(await renderPdf(SHEET, { title: typed }, { createdAt })).pages).toEqual([typed]);
	});

	test('is made without the standard when no font has a letter, rather than not at all', async () => {
		const pdf = await renderPdf(SHEET, { title: 'Nama \u{10FFFD}' }, { createdAt, standard: 'a-2a' });
		expect(readBack(pdf).structure).not.toContain('pdfaid:part');
	});

	test('is refused, with the reason, when the template is wrong', async () => {
		await expect(renderPdf('#nosuch', {}, { createdAt })).rejects.toThrow(/unknown variable: nosuch/u);
		await expect(renderPdf('#image("a.png")', {}, { createdAt, standard: 'a-2a' })).rejects.toThrow(
			/not found/u
		);
	});

	test('asked for beside others is one’s own, a wrong one among them only its own trouble', async () => {
		const titles = Array.from({ length: 12 }, (_, at) => `Surat ${at}`);
		const [wrong, ...set] = await Promise.allSettled([
			renderPdf('#nosuch', {}, { createdAt }),
			...titles.map((title) => renderPdf(SHEET, { title }, { createdAt }))
		]);
		expect(wrong.status).toBe('rejected');
		expect(set.map((one) => one.status === 'fulfilled' && readBack(one.value).pages[0])).toEqual(titles);
	});

	test('can read no file of the machine', async () => {
		await expect(renderPdf('#read("/etc/passwd")', {}, { createdAt })).rejects.toThrow();
		await expect(renderPdf('#read("../../../package.json")', {}, { createdAt })).rejects.toThrow();
	});
});
