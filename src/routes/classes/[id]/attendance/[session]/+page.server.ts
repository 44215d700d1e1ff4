import { askInput, fileIn } from '#slices/classes/ask-form.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { askMark, decideMark } from '#slices/classes/server/commands/ask-mark.ts';
import { markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import {
	addSheetPage,
	closeSheet,
	openSheet,
	removeSheetPage
} from '#slices/classes/server/commands/sheet.ts';
import { attendanceSheet } from '#slices/classes/server/queries/attendance-sheet.ts';
import { aroundSheet } from '#slices/classes/server/queries/sheet-around.ts';

export const load = page(async ({ db, actor, id, now, event }) => {
	const sheet = await attendanceSheet(db, actor, id('id'), id('session'), now);
	const { refused, ...around } = await aroundSheet(db, actor, sheet.session);
	return {
		...sheet,
		...around,
		refused: refused.map(({ facts, ...one }) => ({
			...one,
			message: say(`classes.refused.${one.reason}`, facts)
		})),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

/** `mark.<person>` is one radio group a person; a name left without a mark stays without one. */
const marksOf = (form: FormData) =>
	[...form.entries()].flatMap(([name, status]) =>
		name.startsWith('mark.') ? [{ personId: name.slice('mark.'.length), status }] : []
	);

export const actions = formActions({
	mark: formAction(markAttendance, {
		input: (form, event) => ({ sessionId: event.params['session'], marks: marksOf(form) }),
		then: ({ changed }) => ({ say: 'classes.attendance.done', params: { changed } })
	}),
	open: formAction(openSheet, { then: ({ sessionId }) => ({ to: `/hadir/layar/${sessionId}` }) }),
	close: formAction(closeSheet, { then: () => ({ say: 'classes.sheet.closed' }) }),
	addPage: formAction(addSheetPage, {
		input: async (form, event) => ({
			sessionId: event.params['session'],
			note: form.get('note') ?? '',
			...(await fileIn('page', form.get('page')))
		}),
		then: () => ({ say: 'classes.paper.added' })
	}),
	removePage: formAction(removeSheetPage, { then: () => ({ say: 'classes.paper.removed' }) }),
	ask: formAction(askMark, {
		input: (form, event) => askInput(form, event.params['session'] ?? ''),
		then: () => ({ say: 'classes.ask.done' })
	}),
	decide: formAction(decideMark, { then: () => ({ say: 'classes.ask.decided' }) })
});
