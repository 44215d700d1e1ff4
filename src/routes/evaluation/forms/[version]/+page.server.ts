import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import {
	draftForm,
	dropForm,
	reopenForm,
	retireForm,
	startForm,
	useForm
} from '#slices/evaluation/server/commands/write-form.ts';
import { formVersion } from '#slices/evaluation/server/forms.ts';

export const load = page(({ db, actor, id }) => formVersion(db, actor, id('version')));

export const actions = formActions({
	use: formAction(useForm, { then: () => ({ say: 'evaluation.form.used' }) }),
	reopen: formAction(reopenForm, { then: () => ({ say: 'evaluation.form.reopened' }) }),
	next: formAction(draftForm, { then: ({ versionId }) => ({ to: `/evaluation/forms/${versionId}/edit` }) }),
	copy: formAction(startForm, { then: ({ versionId }) => ({ to: `/evaluation/forms/${versionId}/edit` }) }),
	drop: formAction(dropForm, { then: () => ({ to: '/evaluation/forms' }) }),
	retire: formAction(retireForm, { then: () => ({ say: 'evaluation.form.retireDone' }) })
});
