import type { RequestEvent } from '@sveltejs/kit';
import { publicEndpoint } from '#platform/http/page.ts';
import { feedOf } from '#slices/classes/server/feed.ts';
import { feedWords } from '#slices/classes/ui/feed-words.ts';

/** The address itself is the key: for the calendar program alone, kept by no cache between. */
export const GET = publicEndpoint(async (event: RequestEvent) => {
	const text = await feedOf(event.params['token'] ?? '', new Date(), feedWords(), event.url.origin);
	return new Response(text, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'inline; filename="asah.ics"',
			'cache-control': 'private, no-store',
			'referrer-policy': 'no-referrer'
		}
	});
});
