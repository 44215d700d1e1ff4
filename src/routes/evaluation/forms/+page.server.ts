import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { startForm } from '#slices/evaluation/server/commands/write-form.ts';
import { formTemplates } from '#slices/evaluation/server/forms.ts';
import { programsWithForms } from '#slices/evaluation/server/program-forms.ts';

export const load = page(async ({ db, actor }) => ({
	...(await formTemplates(db, actor)),
	programs: await programsWithForms(db)
}));

export const actions = formActions({
	default: formAction(startForm, {
		then: ({ versionId }) => ({ to: `/evaluation/forms/${versionId}/edit` })
	})
});
