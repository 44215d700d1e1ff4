import { page } from '#platform/http/page.ts';
import { plansOf } from '#slices/plans/server/queries.ts';

export const load = page(({ db, actor }) => plansOf(db, actor));
