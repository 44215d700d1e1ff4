import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { isId } from '#kernel/ids.ts';
import { dictionaryOn } from '#slices/competencies/public.server.ts';
import { notReady } from '#slices/needs/building.ts';
import { say } from '#platform/i18n/say.server.ts';
import {
	draftInstrument,
	moveItem,
	moveSection,
	removeItem,
	removeSection,
	renameInstrument,
	saveItem,
	saveSection,
	setScale
} from '#slices/needs/server/commands/instruments.ts';
import { instrumentById } from '#slices/needs/server/queries/instruments.ts';

export const load = page(async ({ db, actor, id, url, today }) => {
	const asked = url.searchParams.get('version');
	const sheet = await instrumentById(db, actor, id('id'), asked !== null && isId(asked) ? asked : null);
	return {
		sheet,
		notReady: notReady(sheet.definition).map((code) => say(code)),
		competencies: (await dictionaryOn(db, today)).competencies.map(({ id: competencyId, name, nameEn }) => ({
			competencyId,
			name,
			nameEn
		})),
		edits: url.searchParams.get('edit')
	};
});

const here = (event: { params: Partial<Record<string, string>> }) =>
	`/needs/instruments/${event.params['id']}`;
const stay = (_: unknown, event: { params: Partial<Record<string, string>> }) => ({ to: here(event) });

export const actions = formActions({
	rename: formAction(renameInstrument, { then: () => ({ say: 'needs.build.saved' }) }),
	draft: formAction(draftInstrument, { then: stay }),
	scale: formAction(setScale, { then: () => ({ say: 'needs.build.saved' }) }),
	saveSection: formAction(saveSection, { then: stay }),
	moveSection: formAction(moveSection),
	removeSection: formAction(removeSection, { then: () => ({ say: 'needs.build.removed' }) }),
	saveItem: formAction(saveItem, {
		then: ({ itemId }, event) => ({ to: `${here(event)}#item-${itemId}` })
	}),
	moveItem: formAction(moveItem),
	removeItem: formAction(removeItem, { then: () => ({ say: 'needs.build.removed' }) })
});
