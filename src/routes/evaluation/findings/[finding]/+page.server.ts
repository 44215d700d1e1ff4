import { page } from '#platform/http/page.ts';
import { findingById } from '#slices/evaluation/server/finding-list.ts';

export const load = page(async ({ db, actor, id }) => ({
	finding: await findingById(db, actor, id('finding'))
}));
