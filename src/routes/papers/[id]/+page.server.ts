import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import {
	changeDraft,
	discardDraft,
	issuePaper,
	withdrawPaper
} from '#slices/papers/server/commands/write-paper.ts';
import { paperById } from '#slices/papers/server/queries/papers.ts';

export const load = page(async ({ db, actor, id, event }) => {
	const { facts, ...paper } = await paperById(db, actor, id('id'));
	return {
		paper,
		title: facts?.title ?? null,
		signatory: facts?.signatory ?? null,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	change: formAction(changeDraft, { then: () => ({ say: 'papers.draft.saved' }) }),
	issue: formAction(issuePaper, { then: () => ({ say: 'papers.issue.done' }) }),
	withdraw: formAction(withdrawPaper, { then: () => ({ say: 'papers.withdraw.done' }) }),
	discard: formAction(discardDraft, { then: ({ classId }) => ({ to: `/papers/class/${classId}` }) })
});
