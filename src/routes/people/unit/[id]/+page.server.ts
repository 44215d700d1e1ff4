import { page } from '#platform/http/page.ts';
import { unitMembers } from '#slices/people/server/queries/people.ts';
import { unitPage } from '#slices/people/server/queries/units.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const list = listQuery(url, { sorts: ['name'], size: 50 });
	const unit = await unitPage(db, actor, id('id'));
	return { list, ...unit, ...(await unitMembers(db, actor, id('id'), list)) };
});
