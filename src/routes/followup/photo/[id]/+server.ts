import { endpoint } from '#platform/http/page.ts';
import { photo } from '#slices/followup/server/queries.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const { mime, content } = await photo(db, actor, id('id'));
	return new Response(new Uint8Array(content), {
		headers: { 'content-type': mime, 'content-disposition': 'inline', 'x-content-type-options': 'nosniff' }
	});
});
