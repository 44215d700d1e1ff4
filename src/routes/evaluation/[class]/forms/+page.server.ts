import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { classForms } from '#slices/evaluation/server/class-forms.ts';
import { chooseForms, followProgramForms } from '#slices/evaluation/server/commands/choose-forms.ts';

export const load = page(async ({ db, actor, id, now, today, event }) => ({
	...(await classForms(db, actor, id('class'), now, today)),
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
}));

export const actions = formActions({
	choose: formAction(chooseForms, { then: () => ({ say: 'evaluation.choose.done' }) }),
	follow: formAction(followProgramForms, { then: () => ({ say: 'evaluation.choose.followed' }) })
});
