import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { dictionaryOn } from '#slices/competencies/server/queries/dictionary.ts';

export const load = page(async ({ db, actor, today }) => ({
	...(await dictionaryOn(db, today)),
	can: partsFor(actor)
}));
