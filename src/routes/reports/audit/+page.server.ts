import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { canAudit } from '#slices/reports/access.ts';
import { auditFacts } from '#slices/reports/audit.ts';
import { auditLines } from '#slices/reports/server/queries.ts';
import { listQuery } from '#ui/list-url.ts';

/** Old lines may name what the program has forgotten since; then the name itself is all there is to say. */
function words(key: string, name: string): string {
	const said = say(key);
	return said === key ? name : said;
}

export const load = page(async ({ db, actor, url }) => {
	if (!canAudit(actor)) throw missing();
	const list = listQuery(url, { sorts: ['at'], size: 50 });
	const { rows, more } = await auditLines(db, list.search, list.page);
	return {
		list,
		more,
		rows: rows.map(({ subject, ...row }) => ({
			...row,
			did: words(`reports.did.${row.command}`, row.command),
			facts: auditFacts(row.command, subject).map((fact) => ({
				...fact,
				name: words(`reports.fact.${fact.name}`, fact.name)
			}))
		}))
	};
});
