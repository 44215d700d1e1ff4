import type { RequestEvent } from '@sveltejs/kit';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { changedRows, fieldsOfRows, rowAction, typedRows } from '#slices/programs/editor-rows.ts';
import { saveVersion } from '#slices/programs/server/commands/save-version.ts';
import { versionEditor } from '#slices/programs/server/queries.ts';

export const load = page(({ db, actor, id, today }) => versionEditor(db, actor, id('id'), today));

/** One row more, less or higher, where there are no scripts: gives the form back, saves nothing. */
async function rows(event: RequestEvent) {
	const form = await event.request.formData();
	const fields = [...form].flatMap(([name, value]): [string, string][] =>
		typeof value === 'string' ? [[name, value]] : []
	);
	const action = rowAction(fields.find(([name]) => name === '_row')?.[1] ?? '');
	const typed = typedRows(fields);
	const changed = action === null ? typed : changedRows(typed, action);
	const kept = fields.filter(([name]) => !name.startsWith('_') && !/^(modules|outcomes)\./.test(name));
	return {
		command: saveVersion.name,
		done: false as const,
		message: null,
		issues: {},
		values: Object.fromEntries([...kept, ...fieldsOfRows(changed)])
	};
}

export const actions = formActions({
	rows,
	save: formAction(saveVersion, { then: (_, event) => ({ to: event.url.pathname.replace(/\/edit$/, '') }) })
});
