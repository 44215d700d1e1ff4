import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { keepSeal, retireSeal } from '#slices/credentials/server/commands/seals.ts';
import { tryNewSeal } from '#slices/credentials/server/open-seal.ts';
import { seals } from '#slices/credentials/server/queries/signing.ts';

export const load = page(async ({ db, actor, now }) => {
	if (!canIssue(actor)) throw missing();
	return { seals: await seals(db, now) };
});

export const actions = formActions({
	keep: formAction(keepSeal, {
		// The passphrase opens the file here and goes no further.
		input: async (form, { locals }) => {
			const { sealPassword, file, ...typed } = fieldsOf(form);
			const { actor } = locals.ctx;
			if (!actor) throw missing();
			const content = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
			const opened = tryNewSeal(actor, content, String(sealPassword ?? ''), new Date());
			return { ...typed, content, opened };
		},
		then: () => ({ say: 'credentials.seal.kept' })
	}),
	retire: formAction(retireSeal, { then: () => ({ say: 'credentials.seal.retired' }) })
});
