import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { replace } from '#slices/classes/server/commands/pass-seats-on.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { replacementsFor, seatToPassOn } from '#slices/classes/server/queries/nominees.ts';

export const load = page(async ({ db, actor, id, event }) => {
	const head = await classById(db, actor, id('id'));
	const seat = await seatToPassOn(db, actor, head.class.id, id('registration'));
	if (!seat) throw missing();
	return {
		class: head.class,
		seat,
		colleagues: await replacementsFor(db, actor, {
			classId: head.class.id,
			personId: seat.personId,
			zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
		})
	};
});

export const actions = formActions({
	default: formAction(replace, {
		then: ({ classId }) => ({ to: `/classes/${classId}?tab=participants` })
	})
});
