import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { decideIdp } from '#slices/needs/server/commands/write-idp.ts';
import { idpsWaitingFor } from '#slices/needs/server/queries/idps.ts';

export const load = page(async ({ db, actor }) => ({ idps: await idpsWaitingFor(db, actor) }));

export const actions = formActions({
	decide: formAction(decideIdp, { then: () => ({ say: 'needs.idp.decided' }) })
});
