import { endpoint } from '#platform/http/page.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { certificateFor } from '#slices/credentials/server/queries/certificates.ts';
import { signedPdf } from '#slices/credentials/server/queries/signing.ts';

/** The signed sheet when there is one; a certificate that no longer holds is set anew with the word across it. */
export const GET = endpoint(async ({ db, actor, id, url }) => {
	const sheet = await certificateFor(db, actor, id('id'));
	const signed = sheet.status === 'valid' ? await signedPdf(db, sheet.id) : undefined;
	const pdf =
		signed ??
		(await certificateDocument(sheet, `${url.origin}/verify/${sheet.facts.agency.code}/${sheet.verifyCode}`));
	return new Response(Buffer.from(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${sheet.number.replace(/[^\w.-]+/g, '-')}.pdf"`
		}
	});
});
