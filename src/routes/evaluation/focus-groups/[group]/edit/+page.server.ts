import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { changeGroup } from '#slices/evaluation/server/commands/focus-groups.ts';
import { focusGroup } from '#slices/evaluation/server/focus-groups.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const group = await focusGroup(db, actor, id('group'));
	if (!group.can.work) throw missing();
	return { group, today };
});

export const actions = formActions({
	default: formAction(changeGroup, {
		input: (form, { params }) => ({ ...fieldsOf(form), groupId: params['group'] }),
		then: ({ groupId }) => ({ to: `/evaluation/focus-groups/${groupId}` })
	})
});
