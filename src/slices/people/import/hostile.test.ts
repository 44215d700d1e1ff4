import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { readFile } from './read-file.ts';
import { zipOf } from './test-zip.ts';

/** A million records take many seconds, on a busy machine minutes. */
const SLOW = 300_000;
const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>';
const RELS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>';
const cell = (text: string | number) =>
	typeof text === 'number' ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (...cells: (string | number)[]) => `<row>${cells.map(cell).join('')}</row>`;
const HEADER = row('NIP', 'TAHUN', 'PREDIKAT');
const SITI = row('198503122010012004', 2025, 'Baik');
const book = (sheet: string | Buffer, more: Record<string, string | Buffer> = {}) =>
	zipOf({
		'xl/workbook.xml': BOOK,
		'xl/_rels/workbook.xml.rels': RELS,
		'xl/worksheets/sheet1.xml': sheet,
		...more
	});
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const refusal = async (file: Uint8Array) => {
	const error = await readFile(file).then(
		() => undefined,
		(thrown: unknown) => thrown
	);
	return error instanceof AppError ? error.issues[0]?.code : error;
};

describe('a hostile workbook', () => {
	it('that swells beyond any list is refused early: a zip bomb', async () => {
		const bomb = book(
			Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.alloc(300 * 1024 * 1024, ' ')])
		);
		expect(bomb.length).toBeLessThan(1_000_000);
		const before = process.memoryUsage().rss;
		expect(await refusal(bomb)).toBe('people.import.bomb');
		expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
	}, 60_000);

	it('that lies about its sizes is measured, not believed', async () => {
		const bomb = book(Buffer.alloc(64 * 1024 * 1024, '<'), {});
		bomb.writeUInt32LE(10, bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
		expect(await refusal(bomb)).toMatch(/bomb|unreadable/);
	}, 60_000);

	it('inside another zip is not opened', async () => {
		expect(await refusal(zipOf({ 'isi.xlsx': book(sheet(HEADER + SITI)) }))).toBe('people.import.wrongType');
	});

	it('with thousands of parts is refused', async () => {
		const parts = Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`a/${at}`, '']));
		expect(await refusal(book(sheet(HEADER + SITI), parts))).toBe('people.import.bomb');
	});

	it(
		'with a million empty rows is read in the end, and holds up nobody',
		async () => {
			const empty = '<row><c/><c/></row>'.repeat(1_000_000);
			let turns = 0;
			const others = setInterval(() => turns++, 1);
			const read = await readFile(book(sheet(HEADER + empty + SITI)));
			clearInterval(others);
			expect(read.rows).toEqual([{ row: 1_000_002, cells: ['198503122010012004', '2025', 'Baik'] }]);
			expect(turns).toBeGreaterThan(200);
		},
		SLOW
	);

	it('whose cell points to a text that is not there is damaged, not empty', async () => {
		const file = book(sheet(`${HEADER}<row><c t="s"><v>7</v></c></row>`), {
			'xl/sharedStrings.xml': '<sst><si><t>a</t></si></sst>'
		});
		expect(await refusal(file)).toBe('people.import.unreadable');
	});

	it('with links to other workbooks gives their last values and opens nothing', async () => {
		const linked = `<row><c t="str"><f>[1]Lain!A1</f><v>198503122010012004</v></c>${cell(2025)}<c t="str"><f>WEBSERVICE("http://x")</f><v>Baik</v></c></row>`;
		const read = await readFile(
			book(sheet(HEADER + linked), { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' })
		);
		expect(read.rows[0]?.cells).toEqual(['198503122010012004', '2025', 'Baik']);
	});

	it('with macros is read for its values, and that is said', async () => {
		const read = await readFile(book(sheet(HEADER + SITI), { 'xl/vbaProject.bin': 'macro' }));
		expect(read).toMatchObject({ macros: true, rows: [{ row: 2 }] });
	});

	it('with an entity in its XML expands nothing', async () => {
		const bad = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheet(`${HEADER}<row><c t="inlineStr"><is><t>&a;</t></is></c></row>`)}`;
		expect(await refusal(book(bad))).toBe('people.import.unreadable');
	});
});

describe('a hostile text file', () => {
	it(
		'of a million empty lines is read, and holds up nobody',
		async () => {
			let turns = 0;
			const others = setInterval(() => turns++, 1);
			const read = await readFile(
				new TextEncoder().encode(`NIP,TAHUN,PREDIKAT\n${'\n'.repeat(1_000_000)}198503122010012004,2025,Baik`)
			);
			clearInterval(others);
			expect(read.rows.map(({ row: number }) => number)).toEqual([1_000_002]);
			// Others had their turn all the way through, however slow the machine is.
			expect(turns).toBeGreaterThan(200);
		},
		SLOW
	);
	it(
		'with one cell of ten million letters keeps a thousand of them',
		async () => {
			const read = await readFile(
				new TextEncoder().encode(`NIP,TAHUN,PREDIKAT\n${'9'.repeat(10_000_000)},2025,Baik`)
			);
			expect(read.rows[0]?.cells[0]).toHaveLength(1000);
		},
		SLOW
	);
});
