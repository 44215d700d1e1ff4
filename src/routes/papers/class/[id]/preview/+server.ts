import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { endpoint } from '#platform/http/page.ts';
import { paperPdf } from '#slices/papers/document/paper-pdf.ts';
import { PAPER_KINDS } from '#slices/papers/model.ts';
import { previewOf } from '#slices/papers/server/queries/preview.ts';
import { logoOf } from '#slices/papers/server/settings.ts';

/** A paper as it would look today, before anything of it is written down. */
export const GET = endpoint(async ({ db, actor, id, url, now, today }) => {
	const kind = PAPER_KINDS.find((one) => one === url.searchParams.get('kind'));
	if (kind === undefined) throw missing();
	const unit = url.searchParams.get('unit');
	const facts = await previewOf(
		db,
		actor,
		{
			kind,
			classId: id('id'),
			unitId: unit !== null && isId(unit) ? unit : null,
			personId: null,
			parts: null
		},
		now,
		today
	);
	const pdf = await paperPdf(facts, await logoOf(db, facts.letterhead.logoId));
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' }
	});
});
