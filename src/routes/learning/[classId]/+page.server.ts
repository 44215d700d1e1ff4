import { page } from '#platform/http/page.ts';
import { classMaterial } from '#slices/learning/server/queries.ts';

export const load = page(({ db, actor, id, today }) => classMaterial(db, actor, id('classId'), today));
