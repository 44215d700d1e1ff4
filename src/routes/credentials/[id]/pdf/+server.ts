import { endpoint } from '#platform/http/page.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { certificateFor } from '#slices/credentials/server/queries/certificates.ts';

export const GET = endpoint(async ({ db, actor, id, url }) => {
	const sheet = await certificateFor(db, actor, id('id'));
	const pdf = certificateDocument(
		sheet,
		`${url.origin}/verify/${sheet.facts.agency.code}/${sheet.verifyCode}`
	);
	return new Response(Buffer.from(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${sheet.number.replace(/[^\w.-]+/g, '-')}.pdf"`
		}
	});
});
