import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { setSeatRules } from '#slices/classes/server/commands/seat-rules.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { seatRuleChoices, seatRulesOf } from '#slices/classes/server/queries/seat-rules.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.manage) throw missing();
	return {
		class: { id: head.class.id, name: head.class.name },
		rules: await seatRulesOf(db, actor, head.class.id),
		...(await seatRuleChoices(db, actor, head.class.program_id))
	};
});

export const actions = formActions({
	default: formAction(setSeatRules, {
		then: ({ classId }) => ({ to: `/classes/${classId}` })
	})
});
