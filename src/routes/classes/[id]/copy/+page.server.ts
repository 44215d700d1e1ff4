import { missing } from '#kernel/errors.ts';
import { addDays, yearOf } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { copyClass } from '#slices/classes/server/commands/copy-class.ts';
import { linesToHold } from '#slices/classes/server/queries/choices.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.copy) throw missing();
	const lines = (await linesToHold(db, actor)).filter(
		({ program_id }) => program_id === head.class.program_id
	);
	// 52 weeks later it is the same weekday; a class long past is held again in the weeks to come.
	let startsOn = addDays(head.class.starts_on, 364);
	while (startsOn <= today) startsOn = addDays(startsOn, 364);
	return { class: head.class, lines, startsOn, year: yearOf(startsOn) };
});

export const actions = formActions({
	default: formAction(copyClass, {
		then: ({ classId, rooms, facilitators, modules }) => ({
			to: `/classes/${classId}?tab=sessions&left=${rooms}-${facilitators}-${modules}`
		})
	})
});
