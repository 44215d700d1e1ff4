import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { verifyClaim } from '#slices/credentials/server/commands/claims.ts';
import { claimsToVerify, QUEUE_STATUS } from '#slices/credentials/server/queries/claims.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['sentAt'], size: 50 });
	const status = QUEUE_STATUS.find((one) => one === url.searchParams.get('status')) ?? 'waiting';
	return { list, status, ...(await claimsToVerify(db, actor, status, list.page)) };
});

export const actions = formActions({
	verify: formAction(verifyClaim, { then: () => ({ say: 'credentials.claim.decided' }) })
});
