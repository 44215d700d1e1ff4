import { FORMULA } from './csv.ts';

export type XlsxSheet = {
	name: string;
	header: readonly string[];
	rows: readonly (readonly string[])[];
	/** Width of each column in characters; 18 where none is given. */
	widths?: readonly number[];
};

/** A workbook of texts: every cell is text, and one that a spreadsheet would run gets an apostrophe in front. */
export async function xlsxBytes(sheets: readonly XlsxSheet[]): Promise<Buffer> {
	// Loaded when the first workbook is asked for: it costs a start 200 ms.
	const { default: excel } = await import('exceljs');
	const workbook = new excel.Workbook();
	for (const { name, header, rows, widths = [] } of sheets) {
		const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
		sheet.columns = header.map((title, at) => ({ header: title, width: widths[at] ?? 18 }));
		sheet.getRow(1).font = { bold: true };
		for (const row of rows) {
			const added = sheet.addRow(row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
			added.eachCell((cell) => {
				cell.numFmt = '@';
				cell.alignment = { wrapText: true, vertical: 'top' };
			});
		}
	}
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A workbook to download; the name keeps letters, digits, dots and dashes only. */
export async function xlsxResponse(name: string, sheets: readonly XlsxSheet[]): Promise<Response> {
	return new Response(new Uint8Array(await xlsxBytes(sheets)), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}.xlsx"`,
			'x-content-type-options': 'nosniff'
		}
	});
}
