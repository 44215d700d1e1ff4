import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { compareEditions } from '#slices/competencies/compare-editions.ts';
import {
	describeDictionary,
	discardDictionary,
	putDictionaryInForce,
	removeCompetency
} from '#slices/competencies/server/commands/dictionary.ts';
import { affectedBy } from '#slices/competencies/server/queries/affected.ts';
import { editionsOf, versionById } from '#slices/competencies/server/queries/dictionary.ts';
import { movedGaps } from '#slices/needs/public.server.ts';

export const load = page(async ({ db, actor, id, today }) => {
	const version = await versionById(db, actor, id('id'));
	const editions = await editionsOf(db, version.id);
	const based = version.basedOn === null ? [] : await editionsOf(db, version.basedOn);
	const change = { kind: 'dictionary', on: today, dictionaryId: version.id } as const;
	return {
		version,
		today,
		can: partsFor(actor),
		editions,
		changes: compareEditions(based, editions).map(({ competencyId, kind, renamed }) => ({
			competencyId,
			kind,
			renamed
		})),
		// What it would mean is asked only while it can still be changed.
		effect:
			version.status === 'draft'
				? { affected: await affectedBy(db, change), moved: await movedGaps(db, change) }
				: null
	};
});

export const actions = formActions({
	describe: formAction(describeDictionary, { then: () => ({ say: 'competencies.version.saved' }) }),
	remove: formAction(removeCompetency, { then: () => ({ say: 'competencies.version.removed' }) }),
	inForce: formAction(putDictionaryInForce, { then: () => ({ say: 'competencies.version.done' }) }),
	discard: formAction(discardDictionary, { then: () => ({ to: '/competencies/versions' }) })
});
