import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { proposeCompetency } from '#slices/competencies/server/commands/proposals.ts';
import { competencyById, dictionaryOn } from '#slices/competencies/server/queries/dictionary.ts';
import { unitsToProposeFor } from '#slices/competencies/server/queries/proposals.ts';

export const load = page(async ({ db, actor, today, url }) => {
	const { competencies } = await dictionaryOn(db, today);
	const technical = competencies.filter(({ family }) => family === 'technical');
	// Other words for one that is in force begin with those it has.
	const changes = technical.find(({ id }) => id === url.searchParams.get('changes'));
	return {
		changed: changes === undefined ? null : await competencyById(db, changes.id),
		units: await unitsToProposeFor(db, actor),
		technical: technical.map(({ id, code, name }) => ({ id, code, name })),
		areas: [...new Set(technical.flatMap(({ area }) => (area === null ? [] : [area])))].sort()
	};
});

export const actions = formActions({
	propose: formAction(proposeCompetency, {
		then: ({ proposalId }) => ({ to: `/competencies/proposals/${proposalId}` })
	})
});
