import { page } from '#platform/http/page.ts';
import { taughtClasses } from '#slices/learning/server/progress.ts';
import { myClasses } from '#slices/learning/server/queries.ts';

export const load = page(async ({ db, actor, today }) => ({
	classes: await myClasses(db, actor),
	taught: await taughtClasses(db, actor),
	today
}));
