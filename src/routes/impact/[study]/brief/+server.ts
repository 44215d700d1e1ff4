import { endpoint } from '#platform/http/page.ts';
import { briefPdf } from '#slices/impact/report/brief.ts';
import { studyFilesOf } from '#slices/impact/server/queries/study-files.ts';

export const GET = endpoint(async ({ db, actor, id, now }) => {
	const pdf = await briefPdf(await studyFilesOf(db, actor, id('study')), now);
	return new Response(Buffer.from(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': 'inline; filename="ringkasan-studi.pdf"'
		}
	});
});
