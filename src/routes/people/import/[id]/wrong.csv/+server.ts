import { csvResponse } from '#platform/http/csv.ts';
import { endpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { MAX_ROWS } from '#slices/people/import/sheet.ts';
import { importRows } from '#slices/people/server/queries/import-rows.ts';
import { importSheet } from '#slices/people/server/queries/imports.ts';

/** Everything wrong with a file, a line each, to mend it by in the original: row, column, value, reason, mending. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const sheet = await importSheet(db, actor, id('id'));
	const { rows } = await importRows(
		db,
		sheet.id,
		{ kind: sheet.kind, shown: 'wrong' },
		{ size: MAX_ROWS, offset: 0 }
	);
	const headers = new Map(sheet.columns.used.map(({ name, header }) => [name, header]));
	return csvResponse(
		say('people.import.downloadName'),
		['row', 'what', 'columnName', 'value', 'reason', 'mendColumn'].map((name) =>
			say(`people.import.${name}`)
		),
		rows.flatMap(({ row, label, problems }) =>
			problems.map(({ column, value, code, params }) => [
				row,
				label,
				headers.get(column) ?? column,
				value,
				say(code, params),
				say(`${code}.mend`, params)
			])
		)
	);
});
