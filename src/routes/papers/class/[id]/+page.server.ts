import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { draftPaper } from '#slices/papers/server/commands/write-paper.ts';
import { papersPage } from '#slices/papers/server/queries/class-papers.ts';

export const load = page(async ({ db, actor, id, today, event }) => {
	const head = await classById(db, actor, id('id'));
	return {
		class: { id: head.class.id, name: head.class.name, code: head.class.code, enrolled: head.class.enrolled },
		...(await papersPage(db, actor, head.class.id, today)),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	default: formAction(draftPaper, { then: ({ paperId }) => ({ to: `/papers/${paperId}` }) })
});
