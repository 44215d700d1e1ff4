import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { codesOf } from '#slices/evaluation/server/codebook.ts';
import { finishGroup, reopenGroup } from '#slices/evaluation/server/commands/focus-groups.ts';
import {
	addPassages,
	changePassage,
	dropPassage,
	handOverCodes
} from '#slices/evaluation/server/commands/focus-passages.ts';
import { focusGroup } from '#slices/evaluation/server/focus-groups.ts';

export const load = page(async ({ db, actor, id }) => ({
	group: await focusGroup(db, actor, id('group')),
	names: (await codesOf(db)).map(({ id: codeId, name }) => ({ codeId, name }))
}));

export const actions = formActions({
	add: formAction(addPassages, {
		then: ({ count }) => ({ say: 'evaluation.focus.added', params: { count } })
	}),
	change: formAction(changePassage, { then: () => ({ say: 'evaluation.focus.passageSaved' }) }),
	drop: formAction(dropPassage, { then: () => ({ say: 'evaluation.focus.dropped' }) }),
	finish: formAction(finishGroup, { then: () => ({ say: 'evaluation.focus.finishedNow' }) }),
	reopen: formAction(reopenGroup, { then: () => ({ say: 'evaluation.focus.reopened' }) }),
	handOver: formAction(handOverCodes, { then: () => ({ say: 'evaluation.focus.handedOverNow' }) })
});
