import { missing } from '#kernel/errors.ts';
import { endpoint } from '#platform/http/page.ts';
import { canIssue } from '#slices/papers/access.ts';
import { fileName } from '#slices/papers/document/file-name.ts';
import { paperDocx } from '#slices/papers/document/paper-docx.ts';
import { paperById } from '#slices/papers/server/queries/papers.ts';
import { factsToPrint } from '#slices/papers/server/queries/preview.ts';
import { logoFile } from '#slices/papers/server/settings.ts';

/** For an office that must go on writing in it: what leaves the office is the PDF. */
export const GET = endpoint(async ({ db, actor, id, now, today }) => {
	if (!canIssue(actor)) throw missing();
	const facts = await factsToPrint(db, actor, await paperById(db, actor, id('id')), now, today);
	const docx = await paperDocx(facts, await logoFile(db, facts.letterhead.logoId));
	return new Response(new Uint8Array(docx), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'content-disposition': `attachment; filename="${fileName(facts)}.docx"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
