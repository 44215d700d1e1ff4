import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { decidedWord } from '#slices/classes/rules.ts';
import { decideRequest } from '#slices/classes/server/commands/decide-registration.ts';
import { requestsToDecide } from '#slices/classes/server/queries/approvals.ts';
import { jpCountedOf } from '#slices/credentials/public.server.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today, event }) => {
	const list = listQuery(url, { sorts: ['requested'], size: 50 });
	const all = url.searchParams.has('all');
	const found = await requestsToDecide(db, actor, all, { limit: list.size, offset: list.offset });
	const jp = await jpCountedOf(
		db,
		found.requests.map((request) => request.person_id),
		Number(today.slice(0, 4))
	);
	return {
		...found,
		requests: found.requests.map((request) => ({ ...request, jp: jp.get(request.person_id) ?? 0 })),
		all,
		list,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	default: formAction(decideRequest, { then: ({ status }) => ({ say: decidedWord(status) }) })
});
