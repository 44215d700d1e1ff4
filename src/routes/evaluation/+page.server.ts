import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { canReadAll, canSeeForms } from '#slices/evaluation/access.ts';
import { focusGroups } from '#slices/evaluation/server/focus-groups.ts';
import { reactionsDue } from '#slices/evaluation/server/queries.ts';
import { evaluatedClasses } from '#slices/evaluation/server/results.ts';
import { ownClassesSaid } from '#slices/evaluation/server/said.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, now, today }) => {
	const list = listQuery(url, { sorts: ['ended'] });
	const version = url.searchParams.get('version');
	const versionId = version !== null && isId(version) ? version : null;
	const { total, classes } = await evaluatedClasses(db, actor, today, list, versionId);
	return {
		due: await reactionsDue(db, actor.personId, now, today),
		said: await ownClassesSaid(db, actor.personId),
		classes,
		groups: (await focusGroups(db, actor, { size: 1, offset: 0 })).total,
		reads: canReadAll(actor) || total > 0,
		forms: canSeeForms(actor),
		paging: { page: list.page, size: list.size, total }
	};
});
