export type CsvCell = string | number | boolean | null | undefined;

/** What makes a spreadsheet take a text for a formula. @see OWASP, CSV injection */
export const FORMULA = /^[=+\-@\t\r]/;

/**
 * One cell. A text that a spreadsheet would run gets an apostrophe in front, which it shows as text; a number is a
 * number, so a negative one stays as it is.
 */
export function csvCell(value: CsvCell): string {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
	return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as RFC 4180 text: commas, CRLF, and a byte order mark so that Excel reads UTF-8. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
	const lines = [header, ...rows].map((row) => row.map(csvCell).join(','));
	return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** A sheet to download; the name keeps letters, digits, dots and dashes only. */
export function csvResponse(
	name: string,
	header: readonly string[],
	rows: Iterable<readonly CsvCell[]>
): Response {
	const safe = name.replace(/[^\w.-]+/g, '-');
	return new Response(csvText(header, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${safe}.csv"`,
			'x-content-type-options': 'nosniff'
		}
	});
}
