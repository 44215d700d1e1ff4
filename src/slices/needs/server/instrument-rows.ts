import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { itemsOf, type Definition } from '../instrument.ts';
import type { Template } from '../templates.ts';

type Place = { actor: Actor; now: Date; instrumentId: string; number: number };

/** A version with new ids for all that it holds; conditions follow. Returns its id. */
export async function writeVersion(tx: Tx, place: Place, definition: Definition): Promise<string> {
	const { actor, now, instrumentId, number } = place;
	const agency_id = actor.agencyId;
	const versionId = newId();
	await tx
		.insertInto('needs.instrument_version')
		.values({
			agency_id,
			id: versionId,
			instrument_id: instrumentId,
			number,
			scale_points: definition.scalePoints,
			created_by: actor.accountId,
			created_at: now
		})
		.execute();
	const ids = new Map(itemsOf(definition).map((item) => [item.id, newId()]));
	const sections = definition.sections.map((section) => ({ ...section, newId: newId() }));
	if (sections.length === 0) return versionId;
	await tx
		.insertInto('needs.instrument_section')
		.values(
			sections.map((section, at) => ({
				agency_id,
				id: section.newId,
				version_id: versionId,
				sort: at + 1,
				title: section.title,
				title_en: section.titleEn,
				intro: section.intro,
				intro_en: section.introEn
			}))
		)
		.execute();
	const items = sections.flatMap((section) =>
		section.items.map((item, at) => ({
			agency_id,
			id: ids.get(item.id) ?? newId(),
			version_id: versionId,
			section_id: section.newId,
			sort: at + 1,
			kind: item.kind,
			raters: [...item.raters],
			competency_id: item.competencyId,
			question: item.question,
			question_en: item.questionEn,
			hint: item.hint,
			hint_en: item.hintEn,
			required: item.required,
			most: item.most,
			options: JSON.stringify(item.options),
			condition_item_id: item.condition === null ? null : (ids.get(item.condition.itemId) ?? null),
			condition_test: item.condition?.test ?? null,
			condition_value: item.condition?.value ?? null
		}))
	);
	if (items.length > 0) await tx.insertInto('needs.instrument_item').values(items).execute();
	return versionId;
}

/** The first version of an instrument: what the template asks, or nothing yet. */
export const writeTemplate = (
	tx: Tx,
	actor: Actor,
	now: Date,
	instrumentId: string,
	template: Template | undefined
): Promise<string> => writeVersion(tx, { actor, now, instrumentId, number: 1 }, asDefinition(template));

/** A template in the shape of a version; its keys stand for ids. */
export const asDefinition = (template: Template | undefined): Definition => ({
	versionId: null,
	scalePoints: template?.scalePoints ?? 5,
	sections: (template?.sections ?? []).map((section, at) => ({
		id: `section ${at}`,
		title: section.title,
		titleEn: section.titleEn,
		intro: section.intro ?? '',
		introEn: section.introEn ?? '',
		items: section.items.map((item) => ({
			id: item.key,
			sectionId: `section ${at}`,
			kind: item.kind,
			raters: item.raters,
			competencyId: null,
			question: item.question,
			questionEn: item.questionEn,
			hint: item.hint ?? '',
			hintEn: item.hintEn ?? '',
			required: item.required,
			most: item.most ?? 1,
			options: item.options ?? [],
			condition:
				item.condition === undefined
					? null
					: { itemId: item.condition.key, test: item.condition.test, value: item.condition.value }
		}))
	}))
});
