import { page } from '#platform/http/page.ts';
import { saidAndChanged } from '#slices/evaluation/server/findings.ts';

export const load = page(({ db, actor, id }) => saidAndChanged(db, actor, id('class')));
