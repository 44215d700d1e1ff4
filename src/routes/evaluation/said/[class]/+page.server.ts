import { page } from '#platform/http/page.ts';
import { saidAndChanged } from '#slices/evaluation/server/said.ts';

export const load = page(({ db, actor, id }) => saidAndChanged(db, actor, id('class')));
