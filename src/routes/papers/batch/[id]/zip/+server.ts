import { endpoint } from '#platform/http/page.ts';
import { archiveOf } from '#slices/papers/server/queries/class-papers.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const { content, code, kind } = await archiveOf(db, actor, id('id'));
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': 'application/zip',
			'content-length': String(content.length),
			'content-disposition': `attachment; filename="${`${code}-${kind}`.replace(/[^\w.-]+/g, '-')}.zip"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
