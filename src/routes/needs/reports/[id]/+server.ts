import { endpoint } from '#platform/http/page.ts';
import { reportFile } from '#slices/needs/server/queries/reports.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const file = await reportFile(db, actor, id('id'));
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.mime,
			'content-length': String(file.content.length),
			'content-disposition': `attachment; filename="${file.name}"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
