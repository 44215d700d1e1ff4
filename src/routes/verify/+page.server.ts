import { redirect } from '@sveltejs/kit';
import { invalidField } from '#kernel/errors.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';
import { agencyByCode } from '#app/server/agency-by-code.ts';
import { lookUp } from '#app/server/public-look-up.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { verifyFile } from '#slices/credentials/server/verify-file.ts';

/** A form without scripts: `?agency=medan&code=…` leads to the address that the QR carries. */
export const load = publicPage(async ({ url }) => {
	const agency = url.searchParams.get('agency')?.trim().toLowerCase();
	const code = url.searchParams.get('code')?.trim();
	if (agency && code) redirect(303, `/verify/${encodeURIComponent(agency)}/${encodeURIComponent(code)}`);
	return {};
});

const MOST_BYTES = 5_000_000;

export const actions = formActions({
	file: openAction('credentials.verifyFile', async (form, { getClientAddress }) => {
		const file = form.get('file');
		if (!(file instanceof File) || file.size === 0) throw invalidField('file', 'credentials.verify.noFile');
		if (file.size > MOST_BYTES) throw invalidField('file', 'credentials.verify.tooLarge');
		const bytes = new Uint8Array(await file.arrayBuffer());
		const answer = await lookUp('file', getClientAddress(), new Date(), async () => {
			const verdict = await verifyFile(bytes, { agencyByCode, sheet: certificateDocument });
			return { found: verdict.known, answer: verdict };
		});
		return { answer };
	})
});
