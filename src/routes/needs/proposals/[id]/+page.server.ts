import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { consolidateNeeds } from '#slices/needs/server/commands/consolidate-needs.ts';
import { changeNeed, dropNeed, submitNeed } from '#slices/needs/server/commands/propose-need.ts';
import { proposalSheet } from '#slices/needs/server/queries/proposals.ts';

export const load = page(({ db, actor, id }) => proposalSheet(db, actor, id('id')));

const step = (name: 'verified' | 'revise') =>
	formAction(consolidateNeeds, {
		input: (form) => ({ ...fieldsOf(form), step: name }),
		then: () => ({ say: 'needs.need.movedOne' })
	});

export const actions = formActions({
	change: formAction(changeNeed, { then: () => ({ say: 'needs.need.changed' }) }),
	submit: formAction(submitNeed, { then: () => ({ say: 'needs.need.submittedNow' }) }),
	drop: formAction(dropNeed, { then: ({ unitId }) => ({ to: `/needs/priority?unit=${unitId}` }) }),
	verify: step('verified'),
	revise: step('revise')
});
