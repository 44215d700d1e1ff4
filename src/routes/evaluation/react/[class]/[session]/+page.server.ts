import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { react } from '#slices/evaluation/server/commands/react.ts';
import { reactionForm } from '#slices/evaluation/server/queries.ts';

export const load = page(async ({ db, actor, id, now, today, event }) => ({
	form: await reactionForm(db, actor, { classId: id('class'), sessionId: id('session') }, now, today),
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
}));

export const actions = formActions({
	default: formAction(react, { then: () => ({ say: 'evaluation.react.thanks' }) })
});
