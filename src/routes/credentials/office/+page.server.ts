import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canIssue, seesAll } from '#slices/credentials/access.ts';
import { certificatesIn, classesToIssue } from '#slices/credentials/server/queries/certificates.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	if (!seesAll(actor)) throw missing();
	const list = listQuery(url, { sorts: ['-issuedOn', 'name', 'title', 'number'], size: 50 });
	const issues = canIssue(actor);
	return {
		list,
		certificates: await certificatesIn(db, actor, list.search, list.page, list.sort),
		toIssue: issues ? await classesToIssue(db) : [],
		can: { issue: issues }
	};
});
