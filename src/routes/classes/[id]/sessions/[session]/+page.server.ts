import { missing } from '#kernel/errors.ts';
import { todayIn } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { cancelSession, changeSession } from '#slices/classes/server/commands/write-session.ts';
import { facilitatorChoices, modulesOfVersion } from '#slices/classes/server/queries/choices.ts';
import { classById, sessionsOf } from '#slices/classes/server/queries/classes.ts';

export const load = page(async ({ db, actor, id, event }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.manage) throw missing();
	const session = (await sessionsOf(db, actor, head.class.id, head.teaching)).find(
		(one) => one.id === id('session')
	);
	if (!session) throw missing();
	const zone = event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta';
	const clock = (at: Date) =>
		at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
	return {
		class: head.class,
		session: {
			id: session.id,
			topic: session.topic,
			on: todayIn(zone, session.starts_at),
			from: clock(session.starts_at),
			to: clock(session.ends_at),
			place: session.place,
			mode: session.mode,
			moduleId: session.module_id,
			facilitatorNip: session.facilitatorNip
		},
		modules: await modulesOfVersion(db, actor, head.class.version_id),
		facilitators: await facilitatorChoices(db, actor)
	};
});

export const actions = formActions({
	change: formAction(changeSession, { then: ({ classId }) => ({ to: `/classes/${classId}?tab=sessions` }) }),
	cancel: formAction(cancelSession, { then: ({ classId }) => ({ to: `/classes/${classId}?tab=sessions` }) })
});
