import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { reissueCertificate, revokeCertificate } from '#slices/credentials/server/commands/certificates.ts';
import { certificateFor } from '#slices/credentials/server/queries/certificates.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const certificate = await certificateFor(db, actor, id('id'));
	return {
		certificate,
		verifyUrl: `${url.origin}/verify/${certificate.facts.agency.code}/${certificate.verifyCode}`,
		can: { change: canIssue(actor) && certificate.status === 'valid' }
	};
});

export const actions = formActions({
	revoke: formAction(revokeCertificate, { then: () => ({ say: 'credentials.revoke.done' }) }),
	reissue: formAction(reissueCertificate, {
		then: ({ certificateId }) => ({ to: `/credentials/${certificateId}` })
	})
});
