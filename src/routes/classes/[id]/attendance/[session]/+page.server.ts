import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import { attendanceSheet } from '#slices/classes/server/queries/attendance-sheet.ts';

export const load = page(async ({ db, actor, id, now, event }) => ({
	...(await attendanceSheet(db, actor, id('id'), id('session'), now)),
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
}));

/** `mark.<person>` is one radio group a person; a name left without a mark stays without one. */
const marksOf = (form: FormData) =>
	[...form.entries()].flatMap(([name, status]) =>
		name.startsWith('mark.') ? [{ personId: name.slice('mark.'.length), status }] : []
	);

export const actions = formActions({
	default: formAction(markAttendance, {
		input: (form, event) => ({ sessionId: event.params['session'], marks: marksOf(form) }),
		then: ({ changed }) => ({ say: 'classes.attendance.done', params: { changed } })
	})
});
