import { deviceMark } from '#app/server/device-mark.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { checkIn } from '#slices/classes/server/commands/check-in.ts';
import { myRefusals, mySessions } from '#slices/classes/server/queries/my-attendance.ts';

export const load = page(async ({ db, actor, now, event }) => {
	// The browser is known from its first visit on, so that its first scan has a device.
	deviceMark(event);
	const refusals = await myRefusals(db, actor, now);
	return {
		owner: actor.personId ?? '',
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta',
		now,
		sessions: actor.personId === null ? [] : await mySessions(db, actor, now),
		refusals: refusals.map(({ reason, facts, ...one }) => ({
			...one,
			message: say(`classes.refusal.${reason}`, facts)
		})),
		/** Beside the picture's text in the address, for pages without scripts. */
		code: event.url.searchParams.get('k') ?? ''
	};
});

/** Without scripts there is no kept scan and no position; what was answered stands in the list that is shown next. */
export const actions = formActions({
	default: formAction(checkIn, {
		input: (form, event) => {
			const text = (name: string): string | undefined => {
				const value = form.get(name);
				return typeof value === 'string' && value !== '' ? value : undefined;
			};
			const scan = { code: text('k'), sessionId: text('sessionId'), digits: text('digits') };
			return {
				device: deviceMark(event),
				clock: Date.now(),
				scans: [Object.fromEntries(Object.entries(scan).filter(([, value]) => value !== undefined))]
			};
		},
		then: ({ answers: [answer] }) => (answer === undefined ? {} : { say: answer.code, params: answer.facts })
	})
});
