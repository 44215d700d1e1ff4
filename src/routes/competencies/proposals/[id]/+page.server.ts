import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { decideProposal } from '#slices/competencies/server/commands/proposals.ts';
import { proposalById } from '#slices/competencies/server/queries/proposals.ts';

export const load = page(async ({ db, actor, id }) => ({
	proposal: await proposalById(db, actor, id('id')),
	can: partsFor(actor)
}));

export const actions = formActions({
	decide: formAction(decideProposal, {
		then: ({ dictionaryId }) => ({
			say: dictionaryId === null ? 'competencies.proposal.declinedDone' : 'competencies.proposal.approvedDone'
		})
	})
});
