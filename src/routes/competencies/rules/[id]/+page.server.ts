import { hasAbility } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { competenciesToName } from '#slices/competencies/server/queries/standards.ts';
import { ruleById } from '#slices/competencies/server/queries/required.ts';

export const load = page(async ({ db, actor, id }) => {
	const { rule, decree, earlier } = await ruleById(db, id('id'));
	const competencies = await competenciesToName(db);
	return {
		can: { readNeeds: hasAbility(actor, 'needs.read') },
		rule,
		decree,
		earlier,
		competency: competencies.find((one) => one.id === rule.competencyId) ?? null
	};
});
