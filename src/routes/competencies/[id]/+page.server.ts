import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { competencyById } from '#slices/competencies/server/queries/dictionary.ts';
import { requiredLevels } from '#slices/competencies/server/queries/required.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const competency = await competencyById(db, id('id'));
	const required = await requiredLevels(db, today);
	return {
		can: { propose: competency.family === 'technical' && partsFor(actor).propose },
		competency,
		required: required.filter((rule) => rule.competencyId === competency.id)
	};
});
