import ExcelJS from 'exceljs';

export type SheetCell = string | number | null;
export type Sheet = {
	readonly name: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly SheetCell[])[];
	/** Lines above the table: what it is, what is hidden. */
	readonly notes?: readonly string[];
};

/** What a spreadsheet takes for a formula when the sheet is saved as CSV. @see OWASP, CSV injection */
const FORMULA = /^[=+\-@\t\r]/;
const safe = (cell: SheetCell): SheetCell =>
	typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;

/** A workbook of tables: headings stay in view, texts that look like formulas are texts. */
export async function workbookOf(sheets: readonly Sheet[], createdAt: Date): Promise<Buffer> {
	const book = new ExcelJS.Workbook();
	book.creator = 'Asah';
	book.created = createdAt;
	book.modified = createdAt;
	for (const { name, head, rows, notes = [] } of sheets) {
		const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: notes.length + 1 }] });
		for (const note of notes) sheet.addRow([safe(note)]).font = { italic: true };
		sheet.addRow(head.map(safe)).font = { bold: true };
		for (const row of rows) sheet.addRow(row.map(safe));
		head.forEach((label, at) => {
			const longest = Math.max(
				label.length,
				...rows.slice(0, 200).map((row) => String(row[at] ?? '').length)
			);
			sheet.getColumn(at + 1).width = Math.min(60, Math.max(10, longest + 2));
		});
	}
	return Buffer.from(await book.xlsx.writeBuffer());
}
