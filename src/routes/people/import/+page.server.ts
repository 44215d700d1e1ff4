import { fail, type RequestEvent } from '@sveltejs/kit';
import { invalidField, type AppError } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { MAX_FILE_MB, readFile, tooLarge } from '#slices/people/import/read-file.ts';
import { checkImport } from '#slices/people/server/commands/check-import.ts';
import { importList } from '#slices/people/server/queries/imports.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['created'], size: 20 });
	return { list, largest: MAX_FILE_MB, ...(await importList(db, actor, list)) };
});

const check = formAction(checkImport, {
	input: async (form) => {
		const file = form.get('file');
		if (!(file instanceof File) || (file.size === 0 && file.name === ''))
			throw invalidField('file', 'people.import.chooseFile');
		if (file.size > MAX_FILE_MB * 1024 * 1024) throw tooLarge();
		return { fileName: file.name || '-', sheet: await readFile(new Uint8Array(await file.arrayBuffer())) };
	},
	then: ({ importId }) => ({ to: `/people/import/${importId}` })
});

export const actions = formActions({
	// The length is told before the body: 200 MB are refused before the first of them is read.
	check: async (event: RequestEvent) =>
		Number(event.request.headers.get('content-length') ?? 0) > (MAX_FILE_MB + 1) * 1024 * 1024
			? refusedUnread(tooLarge())
			: check(event)
});

const refusedUnread = ({ kind, code, params }: AppError) =>
	fail(413, {
		command: checkImport.name,
		done: false,
		kind,
		message: say(code, params),
		issues: { file: say(code, params) },
		values: {}
	});
