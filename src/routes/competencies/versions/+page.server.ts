import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { draftDictionary } from '#slices/competencies/server/commands/dictionary.ts';
import { versionsFor } from '#slices/competencies/server/queries/dictionary.ts';

export const load = page(async ({ db, actor }) => ({
	versions: await versionsFor(db, actor),
	can: partsFor(actor)
}));

export const actions = formActions({
	draft: formAction(draftDictionary, {
		then: ({ dictionaryId }) => ({ to: `/competencies/versions/${dictionaryId}` })
	})
});
