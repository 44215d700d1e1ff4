import { endpoint } from '#platform/http/page.ts';
import { minutesDocument } from '#slices/needs/report/minutes.ts';
import { officePdf } from '#slices/needs/report/office-document.ts';
import { forumSheet } from '#slices/needs/server/queries/forums.ts';

export const GET = endpoint(async ({ db, actor, id, now }) => {
	const sheet = await forumSheet(db, actor, id('id'));
	const pdf = await officePdf(minutesDocument(sheet), sheet.forum.closedAt ?? now);
	return new Response(Buffer.from(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="berita-acara-${sheet.forum.heldOn}.pdf"`
		}
	});
});
