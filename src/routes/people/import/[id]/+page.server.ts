import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { discardImport } from '#slices/people/server/commands/discard-import.ts';
import { queueImport } from '#slices/people/server/commands/queue-import.ts';
import {
	applyingJob,
	importRows,
	importSheet,
	isShown,
	missingFromFile
} from '#slices/people/server/queries/imports.ts';
import { listQuery } from '#ui/list-url.ts';

const SHOWN_FIRST = ['wrong', 'changed', 'new', 'unchanged'] as const;

export const load = page(async ({ db, actor, url, id }) => {
	const list = listQuery(url, { sorts: ['row'], size: 50 });
	const sheet = await importSheet(db, actor, id('id'));
	const asked = url.searchParams.get('show');
	// What needs somebody's eye comes first; an empty list never.
	const first = SHOWN_FIRST.find((outcome) => sheet.counts[outcome] > 0) ?? 'new';
	const shown = isShown(asked) ? asked : first;
	const rows =
		shown === 'missing'
			? await missingFromFile(db, sheet.id, sheet.kind, list)
			: await importRows(db, sheet.id, shown, list);
	const headers = new Map(sheet.columns.used.map(({ name, header }) => [name, header]));
	return {
		list,
		sheet,
		applying: sheet.status === 'checked' ? await applyingJob(db, actor, sheet.id) : null,
		shown,
		total: sheet.counts[shown],
		rows: rows.map((row) => ({
			...row,
			problems: row.problems.map(({ column, value, code, params, warning }) => ({
				column: headers.get(column) ?? column,
				value,
				warning: warning === true,
				reason: say(code, params),
				mend: say(`${code}.mend`, params)
			}))
		}))
	};
});

export const actions = formActions({
	apply: formAction(queueImport, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) }),
	discard: formAction(discardImport, { then: () => ({ to: '/people/import' }) })
});
