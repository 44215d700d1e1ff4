import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { recordSanction, withdrawSanction } from '#slices/credentials/server/commands/ip.ts';
import { sanctions } from '#slices/credentials/server/queries/ip.ts';

export const load = page(async ({ db, actor, today }) => ({
	today,
	sanctions: await sanctions(db, actor, null)
}));

export const actions = formActions({
	record: formAction(recordSanction, { then: () => ({ say: 'credentials.sanction.done' }) }),
	withdraw: formAction(withdrawSanction, { then: () => ({ say: 'credentials.sanction.withdrawnNow' }) })
});
