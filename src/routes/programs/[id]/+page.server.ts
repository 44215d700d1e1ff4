import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canSeeForms } from '#slices/evaluation/access.ts';
import { draftVersion } from '#slices/programs/server/commands/draft-version.ts';
import { setAttendance } from '#slices/programs/server/commands/set-attendance.ts';
import { programPage } from '#slices/programs/server/queries.ts';
import { canReadProgram } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id }) => {
	const { can, ...program } = await programPage(db, actor, id('id'));
	return { ...program, can: { ...can, results: canReadProgram(actor), forms: canSeeForms(actor) } };
});

export const actions = formActions({
	draft: formAction(draftVersion, {
		then: ({ versionId }) => ({ to: `/programs/version/${versionId}/edit` })
	}),
	attendance: formAction(setAttendance, {
		then: ({ percent }) => ({ say: 'programs.attendance.done', params: { percent } })
	})
});
