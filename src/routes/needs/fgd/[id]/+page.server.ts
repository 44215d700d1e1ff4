import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { closeForum, decideInForum, putOnAgenda } from '#slices/needs/server/commands/hold-forum.ts';
import { forumSheet } from '#slices/needs/server/queries/forums.ts';

export const load = page(({ db, actor, id }) => forumSheet(db, actor, id('id')));

export const actions = formActions({
	agenda: formAction(putOnAgenda, {
		then: ({ count }) => ({ say: 'needs.fgd.onAgenda', params: { count: formatNumber(count) } })
	}),
	decide: formAction(decideInForum, { then: () => ({ say: 'needs.fgd.saved' }) }),
	close: formAction(closeForum, { then: () => ({ say: 'needs.fgd.closedNow' }) })
});
