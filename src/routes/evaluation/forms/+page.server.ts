import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { startForm } from '#slices/evaluation/server/commands/write-form.ts';
import { formTemplates } from '#slices/evaluation/server/forms.ts';

export const load = page(({ db, actor }) => formTemplates(db, actor));

export const actions = formActions({
	default: formAction(startForm, {
		then: ({ versionId }) => ({ to: `/evaluation/forms/${versionId}/edit` })
	})
});
