import { fail, type RequestEvent } from '@sveltejs/kit';
import { invalidField, signedOut, type AppError } from '#kernel/errors.ts';
import { fieldsOf, formActions, openAction } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { MAX_FILE_MB, tooLarge } from '#slices/people/import/read-file.ts';
import { checkImport } from '#slices/people/server/commands/check-import.ts';
import { receiveFile } from '#slices/people/server/import/receive-file.ts';
import { importList } from '#slices/people/server/queries/imports.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['created'], size: 20 });
	const { imports, kinds, ...rest } = await importList(db, actor, list);
	return {
		list,
		largest: MAX_FILE_MB,
		...rest,
		imports: imports.map(({ label, ...line }) => ({ ...line, kindName: say(label) })),
		kinds: kinds.map(({ name, label }) => ({ value: name, label: say(label) }))
	};
});

const isTexts = (value: unknown): value is Record<string, string> =>
	typeof value === 'object' &&
	value !== null &&
	Object.values(value).every((text) => typeof text === 'string');

const check = openAction(checkImport.name, async (form, event) => {
	const { actor, requestId } = event.locals.ctx;
	if (!actor) throw signedOut();
	const file = form.get('file');
	if (!(file instanceof File) || (file.size === 0 && file.name === ''))
		throw invalidField('file', 'people.import.chooseFile');
	if (file.size > MAX_FILE_MB * 1024 * 1024) throw tooLarge();
	const { kind, map } = fieldsOf(form);
	const key = form.get('_key');
	const received = await receiveFile({
		actor,
		fileName: file.name.slice(0, 300) || '-',
		bytes: new Uint8Array(await file.arrayBuffer()),
		kind: typeof kind === 'string' ? kind : undefined,
		chosen: isTexts(map) ? map : {},
		requestId,
		...(typeof key === 'string' && key.length >= 8 ? { key } : {})
	});
	return 'ask' in received ? { answer: received.ask } : { to: `/people/import/${received.importId}` };
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
