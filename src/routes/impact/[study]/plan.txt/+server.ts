import { missing } from '#kernel/errors.ts';
import { endpoint } from '#platform/http/page.ts';
import { visibleStudyById } from '#slices/impact/server/queries/studies.ts';

/** The fixed plan, byte for byte what the SHA-256 was made of. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const { fixed } = await visibleStudyById(db, actor, id('study'));
	if (fixed === null) throw missing();
	return new Response(fixed.text, {
		headers: {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': 'attachment; filename="rencana.txt"'
		}
	});
});
