import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { decideChange } from '#slices/programs/server/commands/changes.ts';
import { putInForce } from '#slices/programs/server/commands/put-in-force.ts';
import { askReview, decideAdvice, revokeReview } from '#slices/programs/server/commands/review.ts';
import { versionPage } from '#slices/programs/server/queries.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id, now, url }) => ({
	...(await versionPage(db, actor, id('id'), now)),
	origin: url.origin,
	trace: canTrace(actor)
}));

export const actions = formActions({
	ask: formAction(askReview),
	revoke: formAction(revokeReview, { then: () => ({ say: 'programs.version.revoked' }) }),
	decide: formAction(decideAdvice, { then: () => ({ say: 'programs.version.decided' }) }),
	decideChange: formAction(decideChange, { then: () => ({ say: 'programs.change.decided' }) }),
	putInForce: formAction(putInForce, { then: () => ({ say: 'programs.version.inForceDone' }) })
});
