import { askInput } from '#slices/classes/ask-form.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { askMark, withdrawMark } from '#slices/classes/server/commands/ask-mark.ts';
import { mySession } from '#slices/classes/server/queries/my-attendance.ts';

export const load = page(async ({ db, actor, id, now, event }) => {
	const { refusals, ...rest } = await mySession(db, actor, id('session'), now);
	return {
		...rest,
		refusals: refusals.map(({ reason, facts, ...one }) => ({
			...one,
			message: say(`classes.refusal.${reason}`, facts)
		})),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	ask: formAction(askMark, {
		input: (form, event) => askInput(form, event.params['session'] ?? ''),
		then: () => ({ say: 'classes.ask.done' })
	}),
	withdraw: formAction(withdrawMark, { then: () => ({ say: 'classes.ask.takenBack' }) })
});
