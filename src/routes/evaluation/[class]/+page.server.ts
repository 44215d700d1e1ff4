import { page } from '#platform/http/page.ts';
import { quizzesTaken } from '#slices/evaluation/server/items.ts';
import { reactionItems } from '#slices/evaluation/server/queries.ts';
import { classResults } from '#slices/evaluation/server/results.ts';

export const load = page(async ({ db, actor, id, now, today }) => ({
	result: await classResults(db, actor, id('class'), now, today),
	items: await reactionItems(db),
	quizzes: await quizzesTaken(db, id('class'))
}));
