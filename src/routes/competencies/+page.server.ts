import { page } from '#platform/http/page.ts';
import { dictionaryOn } from '#slices/competencies/server/queries/dictionary.ts';

export const load = page(({ db, today }) => dictionaryOn(db, today));
