import { storedFile } from '#app/server/stored-file.ts';
import { endpoint } from '#platform/http/page.ts';

/** A file under its id never changes, so a browser may keep it; only this person's own browser. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const file = await storedFile(db, actor, id('id'));
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.mime,
			'content-length': String(file.content.length),
			'cache-control': 'private, max-age=31536000, immutable',
			'content-disposition': 'inline',
			// Even a file that fooled the check of its bytes runs nothing here.
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff'
		}
	});
});
