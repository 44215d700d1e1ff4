import { endpoint } from '#platform/http/page.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { previewFacts } from '#slices/credentials/server/preview-facts.ts';

/** The template as it prints, with the longest name of the agency. */
export const GET = endpoint(async ({ db, actor, id, url, today }) => {
	const facts = await previewFacts(db, actor, id('id'), today);
	const pdf = await certificateDocument(
		{ number: '0000/CONTOH/2026', status: 'valid', facts },
		`${url.origin}/verify/${facts.agency.code}/0000-0000-0000`
	);
	return new Response(Buffer.from(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="contoh.pdf"' }
	});
});
