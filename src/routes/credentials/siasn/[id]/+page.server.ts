import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { markBatchSent, takeBatchBack } from '#slices/credentials/server/commands/siasn.ts';
import { batchSheet } from '#slices/credentials/server/queries/siasn.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const list = listQuery(url, { sorts: ['name'], size: 50 });
	return { list, ...(await batchSheet(db, actor, id('id'), list.page)) };
});

export const actions = formActions({
	sent: formAction(markBatchSent, { then: () => ({ say: 'credentials.siasn.sentNow' }) }),
	takeBack: formAction(takeBatchBack, { then: () => ({ say: 'credentials.siasn.takenBackNow' }) })
});
