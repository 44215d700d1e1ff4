import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { setProgramForms } from '#slices/evaluation/server/commands/program-forms.ts';
import { programForms } from '#slices/evaluation/server/program-forms.ts';

export const load = page(({ db, actor, id }) => programForms(db, actor, id('program')));

export const actions = formActions({
	default: formAction(setProgramForms, { then: () => ({ say: 'evaluation.programForms.done' }) })
});
