import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { say } from '#platform/i18n/say.server.ts';
import { postLevelName } from '#slices/competencies/public.ts';
import { DEPARTURE_REASONS } from '#slices/people/model.ts';
import { confirmDepartures } from '#slices/people/server/commands/confirm-departures.ts';
import { discardImport } from '#slices/people/server/commands/discard-import.ts';
import { queueImport } from '#slices/people/server/commands/queue-import.ts';
import { recheckImport } from '#slices/people/server/commands/recheck-import.ts';
import { queueUndo } from '#slices/people/server/commands/queue-undo.ts';
import { KEPT } from '#slices/people/server/import/kept-corrections.ts';
import {
	importFacets,
	importRows,
	isShown,
	missingFromFile
} from '#slices/people/server/queries/import-rows.ts';
import {
	applyingJob,
	importSheet,
	otherUnderWay,
	overtakenBy
} from '#slices/people/server/queries/imports.ts';
import { valueInWords } from '#slices/people/ui/import-words.ts';
import { listQuery } from '#ui/list-url.ts';

/** Codes and days as words; a room's own codes first. */
const wordOf =
	(word: (field: string, value: string, inFigures: (value: number) => string) => string) =>
	(field: string, value: string | null) =>
		value === null
			? null
			: field === 'post_level'
				? postLevelName(value)
				: valueInWords(field, word(field, value, inFigures));

const inFigures = (value: number): string => formatNumber(value, 2);
const SHOWN_FIRST = ['wrong', 'changed', 'new', 'unchanged'] as const;

export const load = page(async ({ db, actor, url, id }) => {
	const list = listQuery(url, { sorts: ['row'], size: 50 });
	const { fieldLabel, valueWord, label, ...sheet } = await importSheet(db, actor, id('id'));
	const inWords = wordOf(valueWord);
	const asked = url.searchParams.get('show');
	// What needs somebody's eye comes first; an empty list never.
	const first = SHOWN_FIRST.find((outcome) => sheet.counts[outcome] > 0) ?? 'new';
	const shown = isShown(asked) ? asked : first;
	const facets = await importFacets(db, sheet.id, shown);
	const odd =
		shown === 'warnings' || sheet.counts.warnings === 0
			? facets
			: await importFacets(db, sheet.id, 'warnings');
	const only = facets.find(({ name }) => name === url.searchParams.get('only'))?.name;
	const filter = { search: list.search, ...(shown === 'changed' ? { field: only } : { code: only }) };
	const { rows, total } =
		shown === 'missing'
			? await missingFromFile(db, sheet.id, sheet.kind, list, filter)
			: await importRows(db, sheet.id, { kind: sheet.kind, shown }, list, filter);
	const headers = new Map(sheet.columns.used.map(({ name, header }) => [name, header]));
	return {
		list,
		sheet: { ...sheet, kindName: say(label) },
		applying: await applyingJob(db, actor, sheet.id),
		/** While it is a dry run: another file's import under way, or applied since. */
		other: sheet.status === 'checked' ? await otherUnderWay(db, sheet.id) : null,
		overtaken: await overtakenBy(db, sheet.id),
		shown,
		/** People of whom a corrected value stays, and the address of their rows. */
		kept: { count: odd.find(({ name }) => name === KEPT)?.count ?? 0, code: KEPT },
		total,
		only: only ?? null,
		facets: facets.map(({ name, count, params }) => ({
			name,
			count,
			label: shown === 'changed' ? say(fieldLabel(name)) : say(name, params)
		})),
		reasons: DEPARTURE_REASONS.map((reason) => ({ value: reason, label: say(`people.departure.${reason}`) })),
		rows: rows.map((row) => ({
			...row,
			changes: row.changes.map(({ field, from, to }) => ({
				field,
				label: say(fieldLabel(field)),
				from: inWords(field, from),
				to: inWords(field, to)
			})),
			problems: row.problems.map(({ column, value, code, params, warning }) => ({
				column: headers.get(column) ?? column,
				value,
				warning: warning === true,
				kept: code === KEPT,
				reason: say(code, params),
				mend: say(`${code}.mend`, params)
			}))
		}))
	};
});

export const actions = formActions({
	apply: formAction(queueImport, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) }),
	recheck: formAction(recheckImport, { then: () => ({ say: 'people.import.rechecked' }) }),
	discard: formAction(discardImport, { then: () => ({ to: '/people/import' }) }),
	undo: formAction(queueUndo, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) }),
	departed: formAction(confirmDepartures, {
		then: ({ count }) => ({ say: 'people.departure.done', params: { count } })
	})
});
