import { describe, expect, test } from 'vitest';
import { readBack } from '#platform/documents/read-back.ts';
import { officePdf, type Block, type OfficeDocument } from './office-document.ts';

const table = (name: string, rows: number): Block => ({
	kind: 'table',
	caption: `Judul ${name}`,
	head: ['Unit', 'Level'],
	rows: Array.from({ length: rows }, (_, row) => [`Baris ${row}`, '1'])
});
const pagesOf = async (blocks: readonly Block[]): Promise<readonly string[]> => {
	const document: OfficeDocument = {
		title: 'Laporan',
		agency: 'Kota',
		office: 'Badan',
		facts: [],
		chapters: [{ title: 'Unit', blocks }],
		placeAndDate: 'Medan, 6 April 2026',
		signatures: [{ post: 'Kepala Badan', name: 'Nama' }],
		foot: 'Kaki'
	};
	return readBack(await officePdf(document, new Date('2026-04-06T03:00:00Z'))).pages;
};

describe('an office document', () => {
	test('never leaves the heading or caption of a table alone at the foot of a page', async () => {
		const units = Array.from({ length: 60 }, (_, at): Block[] => [
			{ kind: 'heading', text: `Dinas ${at}` },
			table(`Dinas ${at}`, 3 + (at % 9))
		]).flat();
		const pages = await pagesOf(units);
		expect(pages.length).toBeGreaterThan(5);
		const after = pages.map((page) => page.slice(page.lastIndexOf('Dinas')));
		expect(after.filter((foot) => !foot.includes('Baris'))).toEqual([]);
	});

	test('keeps its last words with who signs', async () => {
		for (let rows = 20; rows < 44; rows++) {
			const pages = await pagesOf([table('Dinas', rows), { kind: 'text', text: 'Demikian' }]);
			expect(pages.find((page) => page.includes('Kepala Badan'))).toContain('Demikian');
		}
	});
});
