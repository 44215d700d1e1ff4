import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canManage } from '#slices/classes/access.ts';
import { endDeputy, nameDeputy, setSeatPolicy } from '#slices/classes/server/commands/seat-rules.ts';
import { deputiesOf } from '#slices/classes/server/queries/seat-rules.ts';

export const load = page(async ({ db, actor, today }) => ({
	...(await deputiesOf(db, actor, today)),
	today,
	can: { manage: canManage(actor), name: actor.personId !== null }
}));

export const actions = formActions({
	name: formAction(nameDeputy, { then: () => ({ say: 'classes.deputy.named' }) }),
	end: formAction(endDeputy, { then: () => ({ say: 'classes.deputy.ended' }) }),
	policy: formAction(setSeatPolicy, { then: () => ({ say: 'classes.policy.saved' }) })
});
