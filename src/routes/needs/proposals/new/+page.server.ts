import { isId } from '#kernel/ids.ts';
import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canPropose } from '#slices/needs/proposal-access.ts';
import { addNeed } from '#slices/needs/server/commands/propose-need.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const asked = url.searchParams.get('unit');
	const unit = await unitInView(db, actor, asked !== null && isId(asked) ? asked : null);
	if (!canPropose(actor, { unitPath: unit.path })) throw missing();
	return { unit, year: Number(today.slice(0, 4)) + 1 };
});

export const actions = formActions({
	default: formAction(addNeed, { then: ({ proposalId }) => ({ to: `/needs/proposals/${proposalId}` }) })
});
