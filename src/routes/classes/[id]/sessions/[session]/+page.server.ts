import { missing } from '#kernel/errors.ts';
import { addDays, todayIn } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import {
	excuseFacilitator,
	substituteFacilitator
} from '#slices/classes/server/commands/replace-facilitator.ts';
import { cancelSession, changeSession } from '#slices/classes/server/commands/write-session.ts';
import { calendarOf } from '#slices/classes/server/queries/calendar.ts';
import {
	facilitatorChoices,
	modulesOfVersion,
	substitutesFor
} from '#slices/classes/server/queries/choices.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { roomChoices } from '#slices/classes/server/queries/rooms.ts';
import { sessionsOf } from '#slices/classes/server/queries/sessions.ts';

export const load = page(async ({ db, actor, id, event, now }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.manage) throw missing();
	const session = (await sessionsOf(db, actor, head.class.id, head.teaching)).find(
		(one) => one.id === id('session')
	);
	if (!session) throw missing();
	const zone = event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta';
	const clock = (at: Date) =>
		at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
	const on = todayIn(zone, session.starts_at);
	const teaching = session.facilitators.filter(({ out }) => !out);
	const out = session.facilitators.filter((one) => one.out);
	const ahead = !session.cancelled && session.ends_at > now;
	const ofDay = ahead
		? (await calendarOf(db, actor, { of: 'agency', id: null }, { from: on, to: on }, zone)).sessions
		: [];
	return {
		class: head.class,
		session: {
			id: session.id,
			edition: session.edition,
			topic: session.topic,
			on,
			from: clock(session.starts_at),
			to: clock(session.ends_at),
			toNextDay: todayIn(zone, session.ends_at) >= addDays(on, 1),
			place: session.place,
			mode: session.mode,
			moduleId: session.module_id,
			roomId: session.room_id,
			latitude: session.latitude,
			longitude: session.longitude,
			radiusM: session.radius_m,
			meetingLink: session.meeting_link,
			facilitators: teaching.map(({ nip, kind }) => ({ nip, kind })),
			guests: session.guests,
			members: session.memberNips
		},
		soft: ofDay.find((one) => one.id === session.id)?.soft ?? [],
		roomClosed: session.room_closed,
		teaching,
		out,
		modules: await modulesOfVersion(db, actor, head.class.version_id),
		facilitators: await facilitatorChoices(db, actor),
		rooms: await roomChoices(db, actor, session.room_id),
		// Whom to ask is looked up only when somebody is missing.
		substitutes:
			ahead && (out.length > 0 || teaching.length === 0) ? await substitutesFor(db, actor, session.id) : [],
		ahead
	};
});

export const actions = formActions({
	// Whoever plans sees what it costs at once, where they can change it.
	change: formAction(changeSession, {
		then: ({ classId, sessionId, missed }) => ({
			to: missed ? `/classes/${classId}/sessions/${sessionId}` : `/classes/${classId}?tab=sessions`
		})
	}),
	cancel: formAction(cancelSession, { then: ({ classId }) => ({ to: `/classes/${classId}?tab=sessions` }) }),
	excuse: formAction(excuseFacilitator, { then: () => ({ say: 'classes.excuse.doneOffice' }) }),
	substitute: formAction(substituteFacilitator, { then: () => ({ say: 'classes.substitute.done' }) })
});
