import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { decidedWord } from '#slices/classes/rules.ts';
import { decideRequest } from '#slices/classes/server/commands/decide-registration.ts';
import { requestsToDecide } from '#slices/classes/server/queries/approvals.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, event }) => {
	const list = listQuery(url, { sorts: ['requested'], size: 50 });
	const all = url.searchParams.has('all');
	return {
		...(await requestsToDecide(db, actor, all, { limit: list.size, offset: list.offset })),
		all,
		list,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	default: formAction(decideRequest, { then: ({ status }) => ({ say: decidedWord(status) }) })
});
