import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { changeStudy } from '#slices/impact/server/commands/design.ts';
import { draftById, studySheet } from '#slices/impact/server/queries/study-sheet.ts';
import { studyInput } from '../../study-input.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const { study, draft } = await draftById(db, actor, id('study'));
	const other = url.searchParams.get('indicator');
	const asked = other !== null && isId(other) ? other : study.indicator.id;
	return {
		study: { id: study.id, question: study.question },
		sheet: draft && (await studySheet(db, actor, asked, draft))
	};
});

export const actions = formActions({
	default: formAction(changeStudy, {
		input: studyInput,
		then: ({ studyId }) => ({ to: `/impact/${studyId}` })
	})
});
