import { zipOf } from '#platform/documents/zip.ts';
import { endpoint } from '#platform/http/page.ts';
import { bundleOf } from '#slices/impact/report/bundle.ts';
import { studyFilesOf } from '#slices/impact/server/queries/study-files.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const files = bundleOf(await studyFilesOf(db, actor, id('study')));
	return new Response(new Uint8Array(zipOf(files)), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': 'attachment; filename="studi-dampak.zip"'
		}
	});
});
