import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEditStandards } from '#slices/competencies/access.ts';
import { nextCode } from '#slices/competencies/rules.ts';
import { saveCompetency } from '#slices/competencies/server/commands/dictionary.ts';
import { editionsOf, versionById } from '#slices/competencies/server/queries/dictionary.ts';

/** A competency as one version describes it: to write in a draft, to read in any other. `new` is a blank one. */
export const load = page(async ({ db, actor, id, text }) => {
	const version = await versionById(db, actor, id('id'));
	const editing = version.status === 'draft' && canEditStandards(actor);
	const editions = await editionsOf(db, version.id);
	const asked = text('competency');
	const edition = editions.find(({ competencyId }) => competencyId === asked) ?? null;
	if (edition === null && (!editing || asked !== 'new' || isId(asked))) throw missing();
	return {
		version,
		edition,
		editing,
		code: version.kind === 'technical' ? nextCode(editions.map(({ code }) => code)) : '',
		areas: [...new Set(editions.flatMap(({ area }) => (area === null ? [] : [area])))].sort()
	};
});

export const actions = formActions({
	save: formAction(saveCompetency, {
		then: ({ dictionaryId }) => ({ to: `/competencies/versions/${dictionaryId}` })
	})
});
