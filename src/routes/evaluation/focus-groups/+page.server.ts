import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canReadAll } from '#slices/evaluation/access.ts';
import { canReadCodes, isOffice } from '#slices/evaluation/focus-access.ts';
import { focusGroups, groupSubjects } from '#slices/evaluation/server/focus-groups.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['held'], size: 20 });
	const { total, groups } = await focusGroups(db, actor, list);
	const holds = isOffice(actor) || (await groupSubjects(db, actor, today)).length > 0;
	if (total === 0 && !holds && !canReadAll(actor)) throw missing();
	return {
		groups,
		can: { hold: holds, codes: canReadCodes(actor) },
		paging: { page: list.page, size: list.size, total }
	};
});
