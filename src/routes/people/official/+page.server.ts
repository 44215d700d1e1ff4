import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canOrganise } from '#slices/people/access.ts';
import { welcomeOfficial } from '#slices/people/server/commands/welcome-official.ts';

export const load = page(async ({ actor, today }) => {
	if (!canOrganise(actor, '')) throw missing();
	return { today };
});

export const actions = formActions({
	default: formAction(welcomeOfficial, {
		then: ({ personId, waits }) => (waits ? { say: 'people.order.waits' } : { to: `/people/${personId}` })
	})
});
