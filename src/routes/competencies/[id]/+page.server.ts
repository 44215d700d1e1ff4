import { page } from '#platform/http/page.ts';
import { competencyById } from '#slices/competencies/server/queries/dictionary.ts';
import { requiredLevels } from '#slices/competencies/server/queries/required.ts';

export const load = page(async ({ db, id, today }) => {
	const competency = await competencyById(db, id('id'));
	const required = await requiredLevels(db, today);
	return { competency, required: required.filter((rule) => rule.competencyId === competency.id) };
});
