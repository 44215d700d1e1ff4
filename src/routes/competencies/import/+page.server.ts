import { invalidField } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { checkSheet } from '#slices/competencies/server/commands/sheets.ts';
import { sheetsFor } from '#slices/competencies/server/queries/sheets.ts';
import { readTable } from '#slices/people/public.server.ts';

export const load = page(async ({ db, actor }) => ({
	sheets: await sheetsFor(db, actor),
	can: partsFor(actor)
}));

export const actions = formActions({
	check: formAction(checkSheet, {
		input: async (form) => {
			const file = form.get('file');
			if (!(file instanceof File) || (file.size === 0 && file.name === ''))
				throw invalidField('file', 'competencies.sheet.chooseFile');
			return {
				kind: form.get('kind'),
				fileName: file.name || '-',
				rows: await readTable(new Uint8Array(await file.arrayBuffer()))
			};
		},
		then: ({ importId }) => ({ to: `/competencies/import/${importId}` })
	})
});
