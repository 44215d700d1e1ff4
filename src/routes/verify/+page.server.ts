import { redirect } from '@sveltejs/kit';
import { invalidField } from '#kernel/errors.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { agencyByCode, agencyOfCertificate } from '#app/server/agency-by-code.ts';
import { lookUp } from '#app/server/public-look-up.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { verifyFile } from '#slices/credentials/server/verify-file.ts';
import { codeMeant } from '#slices/credentials/verify-code.ts';

/** A form without scripts: `?code=…` leads to the address that the QR carries; what is no code is told where it stands. */
export const load = publicPage(async ({ url, getClientAddress }) => {
	const typed = url.searchParams.get('code')?.trim() ?? '';
	if (typed === '') return { typed };
	const code = codeMeant(typed);
	if (code === undefined) return { typed, wrong: say('credentials.verify.notCode') };
	const agency = await lookUp('code', getClientAddress(), new Date(), async () => {
		const answer = await agencyOfCertificate(code);
		return { found: answer !== undefined, answer };
	});
	if (agency === undefined) return { typed, wrong: say('credentials.verify.unknown', { code }) };
	redirect(303, `/verify/${agency}/${code}`);
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
