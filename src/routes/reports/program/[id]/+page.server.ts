import { page } from '#platform/http/page.ts';
import { programLevels } from '#slices/reports/server/program-levels.ts';

export const load = page(({ db, actor, id, now, today }) => programLevels(db, actor, id('id'), now, today));
