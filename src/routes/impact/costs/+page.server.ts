import { page } from '#platform/http/page.ts';
import { programCosts } from '#slices/impact/server/queries/costs.ts';

export const load = page(async ({ db, actor }) => ({ programs: await programCosts(db, actor) }));
