import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvResponse, csvText } from './csv.ts';

test.each([
	['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
	['+62 811', "'+62 811"],
	['-1+1', "'-1+1"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\tx', "'\tx"],
	['\r=1', `"'\r=1"`],
	['Rengas Pulau; Terjun', '"Rengas Pulau; Terjun"'],
	['Budi, S.E.', '"Budi, S.E."'],
	['dua\nbaris', '"dua\nbaris"'],
	[-12.5, '-12.5'],
	[null, ''],
	[true, 'true']
])('the cell %j is written as %j', (value, written) => {
	expect(csvCell(value)).toBe(written);
});

test('no text that a spreadsheet would run leaves as a formula', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const written = csvCell(text).replace(/^"/, '');
			expect(written).not.toMatch(/^[=+\-@\t\r]/);
		})
	);
});

test('a sheet begins with a byte order mark, ends its lines as RFC 4180 says and is named harmlessly', async () => {
	expect(csvText(['a', 'b'], [[1, 'x']])).toBe('\uFEFFa,b\r\n1,x\r\n');
	const response = csvResponse('rencana 2027/"x"', ['a'], []);
	expect(response.headers.get('content-disposition')).toBe('attachment; filename="rencana-2027-x-.csv"');
	expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
});
