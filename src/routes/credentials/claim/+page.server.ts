import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { claimExternal } from '#slices/credentials/server/commands.ts';
import { FORMS } from '#slices/programs/public.ts';

export const load = page(async ({ today }) => ({ forms: [...FORMS], today }));

export const actions = formActions({
	default: formAction(claimExternal, { then: () => ({ to: '/credentials' }) })
});
