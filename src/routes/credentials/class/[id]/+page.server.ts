import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { askToIssue, setEligibility } from '#slices/credentials/server/commands/issue-class.ts';
import { askToSign } from '#slices/credentials/server/commands/seals.ts';
import { unlockSeal } from '#slices/credentials/server/open-seal.ts';
import { classIssue } from '#slices/credentials/server/queries/class-issue.ts';

export const load = page(({ db, actor, id, today, now }) => classIssue(db, actor, id('id'), today, now));

export const actions = formActions({
	issue: formAction(askToIssue, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) }),
	rule: formAction(setEligibility, { then: () => ({ say: 'credentials.rule.saved' }) }),
	sign: formAction(askToSign, {
		// The passphrase opens the file here and goes no further.
		input: async (form, { locals, url }) => {
			const { sealPassword, ...typed } = fieldsOf(form);
			const { actor } = locals.ctx;
			if (!actor || !canIssue(actor)) throw missing();
			const sealId = String(typed['sealId'] ?? '');
			const opened = await unlockSeal(actor, sealId, String(sealPassword ?? ''), new Date());
			return { ...typed, opened, home: url.origin };
		},
		then: ({ jobId }) => ({ to: `/jobs/${jobId}` })
	})
});
