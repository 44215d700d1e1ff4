import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canEditStandards } from '#slices/competencies/access.ts';
import { setRequiredLevel } from '#slices/competencies/server/commands/set-required-level.ts';
import { dictionaryOn } from '#slices/competencies/server/queries/dictionary.ts';
import { requiredLevels, requiredRules } from '#slices/competencies/server/queries/required.ts';

export const load = page(async ({ db, actor, today }) => ({
	today,
	competencies: (await dictionaryOn(db, today)).competencies,
	required: await requiredLevels(db, today),
	rules: await requiredRules(db),
	can: { edit: canEditStandards(actor) }
}));

export const actions = formActions({
	set: formAction(setRequiredLevel, { then: () => ({ say: 'competencies.required.done' }) })
});
