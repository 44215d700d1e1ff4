import { missing } from '#kernel/errors.ts';
import { zipOf } from '#platform/documents/zip.ts';
import { endpoint } from '#platform/http/page.ts';
import { canTakeBundle } from '#slices/impact/access.ts';
import { bundleOf } from '#slices/impact/report/bundle.ts';
import { studyFilesOf } from '#slices/impact/server/queries/study-files.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const found = await studyFilesOf(db, actor, id('study'));
	if (!canTakeBundle(actor, found.study.indicator)) throw missing();
	const files = bundleOf(found);
	return new Response(new Uint8Array(zipOf(files)), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': 'attachment; filename="studi-dampak.zip"'
		}
	});
});
