import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { bringSigned } from '#slices/credentials/server/commands/bring-signed.ts';
import { reissueCertificate, revokeCertificate } from '#slices/credentials/server/commands/certificates.ts';
import { certificateFor } from '#slices/credentials/server/queries/certificates.ts';
import { signatureOf } from '#slices/credentials/server/queries/signing.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const certificate = await certificateFor(db, actor, id('id'));
	return {
		certificate,
		signature: (await signatureOf(db, certificate.id)) ?? null,
		verifyUrl: `${url.origin}/verify/${certificate.facts.agency.code}/${certificate.verifyCode}`,
		can: { change: canIssue(actor) && certificate.status === 'valid', trace: canTrace(actor) }
	};
});

export const actions = formActions({
	bring: formAction(bringSigned, {
		input: async (form) => {
			const { file, ...typed } = fieldsOf(form);
			if (!(file instanceof File)) return typed;
			const bytes = new Uint8Array(await file.arrayBuffer());
			return { ...typed, file: { name: file.name.slice(0, 200), bytes } };
		},
		then: () => ({ say: 'credentials.brought.done' })
	}),
	revoke: formAction(revokeCertificate, { then: () => ({ say: 'credentials.revoke.done' }) }),
	reissue: formAction(reissueCertificate, {
		then: ({ certificateId }) => ({ to: `/credentials/${certificateId}` })
	})
});
