import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { savePlan } from '#slices/followup/server/commands.ts';
import { indicatorNames } from '#slices/impact/public.server.ts';
import { classTaken, draftOf, planSheet } from '#slices/followup/server/queries.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const classId = id('class');
	if (actor.personId === null) throw missing();
	const program = await classTaken(db, actor.personId, classId);
	if (program === null) throw missing();
	const draft = await draftOf(db, actor.personId, classId);
	return {
		classId,
		program,
		today,
		indicators: await indicatorNames(db),
		plan: draft && (await planSheet(db, actor, draft.id))
	};
});

export const actions = formActions({
	default: formAction(savePlan, {
		input: (form, { params }) => ({ ...fieldsOf(form), classId: params['class'] }),
		then: ({ actionPlanId, submitted }) =>
			submitted ? { to: `/followup/${actionPlanId}` } : { say: 'followup.plan.saved' }
	})
});
