import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { saveForm } from '#slices/evaluation/server/commands/write-form.ts';
import { formVersion } from '#slices/evaluation/server/forms.ts';

export const load = page(async ({ db, actor, id }) => {
	const found = await formVersion(db, actor, id('version'));
	if (!found.can.edit) throw missing();
	return found;
});

export const actions = formActions({
	default: formAction(saveForm, {
		then: (_, { params }) => ({ to: `/evaluation/forms/${params['version']}` })
	})
});
