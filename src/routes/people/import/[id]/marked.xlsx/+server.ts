import { missing } from '#kernel/errors.ts';
import { endpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { markedWorkbook, type MarkedRow } from '#slices/people/server/import/marked-workbook.ts';
import { importCells, type CellRow } from '#slices/people/server/queries/import-cells.ts';
import { importSheet } from '#slices/people/server/queries/imports.ts';

/** The file given back, as a workbook with its wrong cells marked; as long as the dry run stands. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const sheet = await importSheet(db, actor, id('id'));
	if (sheet.status !== 'checked') throw missing();
	const workbook = await markedWorkbook({
		sheetName: sheet.columns.sheetName || sheet.fileName,
		headerRow: sheet.columns.headerRow,
		columns: sheet.columns.used,
		words: { reason: say('people.import.problem'), mend: say('people.import.mendColumn') },
		rows: marked(importCells(db, sheet.id))
	});
	const name = `${sheet.fileName.replace(/\.\w+$/, '')}-${say('people.import.markedName')}`;
	return new Response(new Uint8Array(workbook), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}.xlsx"`,
			'x-content-type-options': 'nosniff'
		}
	});
});

async function* marked(slices: AsyncIterable<CellRow[]>): AsyncGenerator<MarkedRow[]> {
	for await (const slice of slices)
		yield slice.map(({ row, cells, problems }) => ({
			row,
			cells,
			marks: problems.map(({ column, code, params, warning }) => ({
				column,
				reason: say(code, params),
				mend: say(`${code}.mend`, params),
				warning: warning === true
			}))
		}));
}
