import { everythingAbout } from '#app/server/my-data.ts';
import { endpoint } from '#platform/http/page.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

/** Everything about a person as one machine-readable file. */
export const GET = endpoint(async ({ db, actor, id, today, now }) => {
	const personId = id('id');
	const data = await everythingAbout(db, actor, personId, now);
	noteLook({ actor, personId, day: today, at: now, exported: true });
	return new Response(JSON.stringify(data, null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="data-saya-${today}.json"`,
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff'
		}
	});
});
