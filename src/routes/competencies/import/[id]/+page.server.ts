import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import {
	applyDictionarySheet,
	applyStandardSheet,
	discardSheet
} from '#slices/competencies/server/commands/sheets.ts';
import { sheetById } from '#slices/competencies/server/queries/sheets.ts';
import { competenciesToName } from '#slices/competencies/server/queries/standards.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const { head, effect } = await sheetById(db, actor, id('id'), today);
	return {
		head,
		today,
		problems: effect.problems.map(({ row, column, value, code, params }) => ({
			row,
			column,
			value,
			reason: say(code, params)
		})),
		changes: effect.kind === 'standards' ? null : effect.changes,
		rules: effect.kind === 'standards' ? effect.rules : null,
		competencies: effect.kind === 'standards' ? await competenciesToName(db) : []
	};
});

export const actions = formActions({
	dictionary: formAction(applyDictionarySheet, {
		then: ({ dictionaryId }) => ({ to: `/competencies/versions/${dictionaryId}` })
	}),
	standards: formAction(applyStandardSheet, {
		then: ({ standardId }) => ({ to: `/competencies/standards/${standardId}` })
	}),
	discard: formAction(discardSheet, { then: () => ({ to: '/competencies/import' }) })
});
