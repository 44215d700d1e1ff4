import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { createStudy } from '#slices/impact/server/commands/design.ts';
import { studySheet } from '#slices/impact/server/queries/study-sheet.ts';
import { studyInput } from '../study-input.ts';

export const load = page(async ({ db, actor, url }) => {
	const asked = url.searchParams.get('indicator');
	return studySheet(db, actor, asked !== null && isId(asked) ? asked : null);
});

export const actions = formActions({
	default: formAction(createStudy, {
		input: studyInput,
		then: ({ studyId }) => ({ to: `/impact/${studyId}` })
	})
});
