import { endpoint } from '#platform/http/page.ts';
import { paperPdf } from '#slices/papers/document/paper-pdf.ts';
import { paperById } from '#slices/papers/server/queries/papers.ts';
import { factsToPrint } from '#slices/papers/server/queries/preview.ts';
import { logoOf } from '#slices/papers/server/settings.ts';
import { fileName } from '#slices/papers/document/file-name.ts';

/** An issued paper is set from its frozen facts, a draft from the data of today. */
export const GET = endpoint(async ({ db, actor, id, now, today }) => {
	const facts = await factsToPrint(db, actor, await paperById(db, actor, id('id')), now, today);
	const pdf = await paperPdf(facts, await logoOf(db, facts.letterhead.logoId));
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${fileName(facts)}.pdf"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
