import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { codebook } from '#slices/evaluation/server/codebook.ts';
import {
	changeCode,
	mergeCodes,
	splitCode,
	takeCodes,
	writeCode
} from '#slices/evaluation/server/commands/codebook.ts';

export const load = page(({ db, actor }) => codebook(db, actor));

export const actions = formActions({
	write: formAction(writeCode, { then: () => ({ say: 'evaluation.codebook.written' }) }),
	take: formAction(takeCodes, {
		then: ({ count }) => ({ say: 'evaluation.codebook.taken.some', params: { count } })
	}),
	change: formAction(changeCode, { then: () => ({ say: 'evaluation.codebook.written' }) }),
	merge: formAction(mergeCodes, { then: () => ({ say: 'evaluation.codebook.mergedNow' }) }),
	split: formAction(splitCode, { then: () => ({ say: 'evaluation.codebook.splitNow' }) })
});
