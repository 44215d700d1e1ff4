import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { excuseFacilitator } from '#slices/classes/server/commands/replace-facilitator.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { sessionsOf } from '#slices/classes/server/queries/sessions.ts';

/** For who teaches: one thing to say, on a phone, on the way. */
export const load = page(async ({ db, actor, id, event }) => {
	const head = await classById(db, actor, id('id'));
	const session = (await sessionsOf(db, actor, head.class.id, head.teaching)).find(
		(one) => one.id === id('session')
	);
	if (!session || actor.personId === null) throw missing();
	const own = session.facilitators.find(({ person_id }) => person_id === actor.personId);
	if (!own) throw missing();
	return {
		class: { id: head.class.id, name: head.class.name },
		session: { id: session.id, topic: session.topic, starts_at: session.starts_at, ends_at: session.ends_at },
		personId: actor.personId,
		out: own.out,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	default: formAction(excuseFacilitator, { then: () => ({ say: 'classes.excuse.done' }) })
});
