import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { react } from '#slices/evaluation/server/commands/react.ts';
import { reactionForm } from '#slices/evaluation/server/queries.ts';

export const load = page(({ db, actor, id, now, today }) => reactionForm(db, actor, id('class'), now, today));

export const actions = formActions({
	default: formAction(react, { then: () => ({ say: 'evaluation.react.thanks' }) })
});
