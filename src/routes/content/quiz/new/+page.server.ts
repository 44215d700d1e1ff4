import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { createQuiz } from '#slices/content/server/commands/quizzes.ts';
import { versionMaterial } from '#slices/content/server/queries.ts';

export const load = page(async ({ db, actor, url }) => {
	const versionId = url.searchParams.get('version') ?? '';
	if (!isId(versionId)) throw missing();
	const { version, program, quizzes, can } = await versionMaterial(db, actor, versionId);
	if (!can.edit) throw missing();
	// Tests that are there already cannot be made a second time; practice always can.
	const taken = quizzes.filter(({ retiredAt }) => retiredAt === null).map(({ purpose }) => purpose);
	return { version, program, taken };
});

export const actions = formActions({
	default: formAction(createQuiz, { then: ({ quizId }) => ({ to: `/content/quiz/${quizId}` }) })
});
