import { missing } from '#kernel/errors.ts';
import { endpoint } from '#platform/http/page.ts';
import { BATCH_FILES, batchFile } from '#slices/credentials/server/queries/siasn.ts';

export const GET = endpoint(async ({ db, actor, id, text }) => {
	const which = BATCH_FILES.find((one) => one === text('file'));
	if (which === undefined) throw missing();
	const { name, mime, content } = await batchFile(db, actor, id('id'), which);
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mime,
			'content-disposition': `attachment; filename="${name}"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
