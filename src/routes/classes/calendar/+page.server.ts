import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canManage } from '#slices/classes/access.ts';
import { dayOf, rangeOf, viewOf, whoseOf } from '#slices/classes/calendar-days.ts';
import { moveSession } from '#slices/classes/server/commands/move-session.ts';
import { calendarChoices, calendarOf } from '#slices/classes/server/queries/calendar.ts';

export const load = page(async ({ db, actor, url, today, event }) => {
	const view = viewOf(url.searchParams.get('view'));
	const day = dayOf(url.searchParams.get('day'), today);
	// The office begins with everything, everybody else with where they have to be.
	const whose =
		whoseOf(url.searchParams.get('whose')) ??
		(canManage(actor) || actor.personId === null
			? { of: 'agency' as const, id: null }
			: { of: 'person' as const, id: actor.personId });
	const zone = event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta';
	const range = rangeOf(view, day);
	return {
		...(await calendarOf(db, actor, whose, range, zone)),
		choices: await calendarChoices(db, actor),
		whose,
		view,
		day,
		range,
		today,
		move: url.searchParams.get('move'),
		personId: actor.personId
	};
});

export const actions = formActions({
	move: formAction(moveSession, {
		then: ({ on, from }) => ({ say: 'classes.move.done', params: { when: `${on}T${from}` } })
	})
});
