import type { RequestEvent, ServerLoadEvent } from '@sveltejs/kit';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';
import { advise } from '#slices/programs/server/commands/review.ts';
import { partnerActor, partnerPage } from '#slices/programs/server/partner-page.ts';

export const load = publicPage((event: ServerLoadEvent) => {
	// The address itself is the key: nobody else's cache and no other site may learn it.
	event.setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
	return partnerPage(event.params['token'] ?? '', new Date());
});

const send = formAction(advise);

export const actions = formActions({
	default: async (event: RequestEvent) => {
		// Whoever holds the link acts as its holder, whatever else they are signed in as.
		event.locals.ctx.actor = await partnerActor(event.params['token'] ?? '', new Date());
		return send(event);
	}
});
