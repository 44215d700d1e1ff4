import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canBuildInstruments } from '../../access.ts';
import { isPerCompetency, type Definition } from '../../instrument.ts';
import { checkCondition, checkOrder, MOST_ITEMS, MOST_SECTIONS, optionsOf } from '../../building.ts';
import {
	CreateInstrument,
	MoveItem,
	MoveSection,
	OneInstrument,
	OneItem,
	OneSection,
	RenameInstrument,
	SaveItem,
	SaveSection,
	SetScale
} from '../../instrument-input.ts';
import { templateOf } from '../../templates.ts';
import { definitionOf } from '../queries/instruments.ts';
import { writeTemplate, writeVersion } from '../instrument-rows.ts';

// Two people press "new version" at once: the second is told.
constraintMeans('instrument_one_draft', 'needs.build.draftExists');

/** A new instrument with a first draft: from a shipped template, or empty. */
export const createInstrument = command(
	'needs.createInstrument',
	CreateInstrument,
	async ({ tx, actor, now, permit, note }, { name, template }) => {
		permit(canBuildInstruments(actor));
		const begun = template === undefined ? undefined : templateOf(template);
		const instrumentId = newId();
		await tx
			.insertInto('needs.instrument')
			.values({
				agency_id: actor.agencyId,
				id: instrumentId,
				name: name ?? begun?.name ?? 'Survei baru',
				template: template ?? null,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		const versionId = await writeTemplate(tx, actor, now, instrumentId, begun);
		note({ instrumentId });
		return { instrumentId, versionId };
	},
	{ summary: 'Begin an instrument, from a shipped template or empty' }
);

export const renameInstrument = command(
	'needs.renameInstrument',
	RenameInstrument,
	async ({ tx, actor, permit, note }, { instrumentId, name }) => {
		const changed = await tx
			.updateTable('needs.instrument')
			.set({ name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', instrumentId)
			.executeTakeFirst();
		permit(canBuildInstruments(actor));
		if (changed.numUpdatedRows === 0n) throw missing();
		note({ instrumentId });
		return {};
	},
	{ summary: 'Name an instrument' }
);

/** A draft to edit, copied from the newest version. Refuses: there is one already. */
export const draftInstrument = command(
	'needs.draftInstrument',
	OneInstrument,
	async ({ tx, actor, now, permit, note }, { instrumentId }) => {
		const newest = await tx
			.selectFrom('needs.instrument_version')
			.select(['id', 'number', 'frozen_at'])
			.where('agency_id', '=', actor.agencyId)
			.where('instrument_id', '=', instrumentId)
			.orderBy('number', 'desc')
			.limit(1)
			.forUpdate()
			.executeTakeFirst();
		permit(canBuildInstruments(actor));
		if (newest === undefined) throw missing();
		if (newest.frozen_at === null) throw refused('needs.build.draftExists');
		const versionId = await writeVersion(
			tx,
			{ actor, now, instrumentId, number: newest.number + 1 },
			await definitionOf(tx, newest.id)
		);
		note({ instrumentId });
		return { versionId };
	},
	{ summary: 'Edit a used instrument as a new version' }
);

export const setScale = command(
	'needs.setScale',
	SetScale,
	async (beam, { versionId, scalePoints }) => {
		const definition = await draft(beam, versionId);
		checkOrder({ ...definition, scalePoints });
		await beam.tx
			.updateTable('needs.instrument_version')
			.set({ scale_points: scalePoints })
			.where('agency_id', '=', beam.actor.agencyId)
			.where('id', '=', versionId)
			.execute();
		return {};
	},
	{ summary: 'Choose the scale of need and mastery, 1-5 or 1-4' }
);

export const saveSection = command(
	'needs.saveSection',
	SaveSection,
	async (beam, { versionId, sectionId, title, titleEn, intro, introEn }) => {
		const definition = await draft(beam, versionId);
		const words = { title, title_en: titleEn, intro, intro_en: introEn };
		if (sectionId === undefined) {
			if (definition.sections.length >= MOST_SECTIONS)
				throw refused('needs.build.manySections', { most: MOST_SECTIONS });
			const id = newId();
			await beam.tx
				.insertInto('needs.instrument_section')
				.values({
					agency_id: beam.actor.agencyId,
					id,
					version_id: versionId,
					sort: definition.sections.length + 1,
					...words
				})
				.execute();
			return { sectionId: id };
		}
		if (!definition.sections.some((section) => section.id === sectionId)) throw missing();
		await beam.tx
			.updateTable('needs.instrument_section')
			.set(words)
			.where('agency_id', '=', beam.actor.agencyId)
			.where('id', '=', sectionId)
			.execute();
		return { sectionId };
	},
	{ summary: 'Add or change a section of an instrument' }
);

/** Refuses: a condition would look forward afterwards. */
export const moveSection = command(
	'needs.moveSection',
	MoveSection,
	async (beam, { sectionId, direction }) => {
		const definition = await draft(beam, await versionOf(beam.tx, 'section', sectionId));
		const at = definition.sections.findIndex((section) => section.id === sectionId);
		const sections = swapped(definition.sections, at, direction === 'up' ? at - 1 : at + 1);
		checkOrder({ ...definition, sections });
		await sortSections(beam, sections);
		return {};
	},
	{ summary: 'Move a section up or down' }
);

/** With its items. Refuses: another item is shown by the answer to one of them. */
export const removeSection = command(
	'needs.removeSection',
	OneSection,
	async (beam, { sectionId }) => {
		const definition = await draft(beam, await versionOf(beam.tx, 'section', sectionId));
		const sections = definition.sections.filter((section) => section.id !== sectionId);
		checkOrder({ ...definition, sections });
		await beam.tx
			.deleteFrom('needs.instrument_item')
			.where('agency_id', '=', beam.actor.agencyId)
			.where('section_id', '=', sectionId)
			.execute();
		await beam.tx
			.deleteFrom('needs.instrument_section')
			.where('agency_id', '=', beam.actor.agencyId)
			.where('id', '=', sectionId)
			.execute();
		await sortSections(beam, sections);
		return {};
	},
	{ summary: 'Remove a section with its questions' }
);

/** Refuses: see `checkCondition`; a choice needs two options; peers and subordinates only give levels. */
export const saveItem = command(
	'needs.saveItem',
	SaveItem,
	async (beam, { versionId, sectionId, itemId, ...typed }) => {
		const definition = await draft(beam, versionId);
		const section = definition.sections.find((one) => one.id === sectionId);
		if (section === undefined) throw missing();
		const known = section.items.find((item) => item.id === itemId);
		if (itemId !== undefined && known === undefined) throw missing();
		if (itemId === undefined && definition.sections.flatMap((one) => one.items).length >= MOST_ITEMS)
			throw refused('needs.build.manyItems', { most: MOST_ITEMS });
		const id = itemId ?? newId();
		const options = typed.kind === 'choice' ? optionsOf(typed.options) : [];
		if (typed.kind === 'choice' && options.length < 2) throw refused('needs.build.fewOptions');
		const item = {
			...typed,
			id,
			sectionId,
			options,
			competencyId: isPerCompetency(typed.kind) ? (typed.competencyId ?? null) : null,
			condition: typed.condition ?? null
		};
		const after: Definition = {
			...definition,
			sections: definition.sections.map((one) =>
				one.id !== sectionId
					? one
					: {
							...one,
							items:
								known === undefined
									? [...one.items, item]
									: one.items.map((each) => (each.id === id ? item : each))
						}
			)
		};
		checkCondition(after, item, item.condition);
		// Others may look at this one: its choices and who is asked must still fit them.
		checkOrder(after);
		const row = {
			kind: item.kind,
			raters: [...new Set(item.raters)],
			competency_id: item.competencyId,
			question: item.question,
			question_en: item.questionEn,
			hint: item.hint,
			hint_en: item.hintEn,
			required: item.required,
			most: item.most,
			options: JSON.stringify(options),
			condition_item_id: item.condition?.itemId ?? null,
			condition_test: item.condition?.test ?? null,
			condition_value: item.condition?.value ?? null
		};
		if (known === undefined)
			await beam.tx
				.insertInto('needs.instrument_item')
				.values({
					agency_id: beam.actor.agencyId,
					id,
					version_id: versionId,
					section_id: sectionId,
					sort: section.items.length + 1,
					...row
				})
				.execute();
		else
			await beam.tx
				.updateTable('needs.instrument_item')
				.set(row)
				.where('agency_id', '=', beam.actor.agencyId)
				.where('id', '=', id)
				.execute();
		return { itemId: id };
	},
	{ summary: 'Add or change a question of an instrument' }
);

/** At the edge of its section it goes over into the next. Refuses: a condition would look forward afterwards. */
export const moveItem = command(
	'needs.moveItem',
	MoveItem,
	async (beam, { itemId, direction }) => {
		const definition = await draft(beam, await versionOf(beam.tx, 'item', itemId));
		const step = direction === 'up' ? -1 : 1;
		const place = definition.sections.findIndex((one) => one.items.some((item) => item.id === itemId));
		const section = definition.sections[place];
		const at = section?.items.findIndex((item) => item.id === itemId) ?? -1;
		const item = section?.items[at];
		if (section === undefined || item === undefined) throw missing();
		const beside = definition.sections[place + step];
		const stays = section.items[at + step] !== undefined;
		if (!stays && beside === undefined) return {};
		const sections = definition.sections.map((one) => {
			if (stays && one === section) return { ...one, items: swapped(one.items, at, at + step) };
			if (!stays && one === section) return { ...one, items: one.items.filter((each) => each !== item) };
			if (!stays && one === beside)
				return { ...one, items: step === 1 ? [item, ...one.items] : [...one.items, item] };
			return one;
		});
		checkOrder({ ...definition, sections });
		for (const one of sections)
			if (one === sections[place] || one === sections[place + step]) await sortItems(beam, one);
		return {};
	},
	{ summary: 'Move a question up or down' }
);

/** Refuses: another item is shown by its answer. */
export const removeItem = command(
	'needs.removeItem',
	OneItem,
	async (beam, { itemId }) => {
		const definition = await draft(beam, await versionOf(beam.tx, 'item', itemId));
		const sections = definition.sections.map((one) => ({
			...one,
			items: one.items.filter((item) => item.id !== itemId)
		}));
		checkOrder({ ...definition, sections });
		await beam.tx
			.deleteFrom('needs.instrument_item')
			.where('agency_id', '=', beam.actor.agencyId)
			.where('id', '=', itemId)
			.execute();
		for (const section of sections) await sortItems(beam, section);
		return {};
	},
	{ summary: 'Remove a question' }
);

/** Locks a version that is still a draft, asks, notes. Refuses: missing, used by a campaign. */
async function draft({ tx, actor, permit, note }: Beam, versionId: string): Promise<Definition> {
	const version = await tx
		.selectFrom('needs.instrument_version')
		.select(['id', 'instrument_id', 'frozen_at'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', versionId)
		.forUpdate()
		.executeTakeFirst();
	permit(canBuildInstruments(actor));
	if (version === undefined) throw missing();
	if (version.frozen_at !== null) throw refused('needs.build.frozen');
	note({ instrumentId: version.instrument_id });
	return definitionOf(tx, versionId);
}

async function versionOf(tx: Tx, what: 'section' | 'item', id: string): Promise<string> {
	const row = await tx
		.selectFrom(what === 'section' ? 'needs.instrument_section' : 'needs.instrument_item')
		.select('version_id')
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', id)
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return row.version_id;
}

/** The list with two neighbours changed; as it was at either end. */
function swapped<T>(list: readonly T[], at: number, to: number): T[] {
	const [one, other] = [list[at], list[to]];
	if (one === undefined || other === undefined) return [...list];
	return list.map((each, place) => (place === at ? other : place === to ? one : each));
}

async function sortSections({ tx }: Beam, sections: Definition['sections']): Promise<void> {
	await sql`
		update needs.instrument_section s set sort = o.place
		from unnest(${sections.map((one) => one.id)}::uuid[]) with ordinality as o(id, place)
		where s.agency_id = (select platform.current_agency()) and s.id = o.id`.execute(tx);
}

async function sortItems({ tx }: Beam, section: Definition['sections'][number]): Promise<void> {
	await sql`
		update needs.instrument_item i set sort = o.place, section_id = ${section.id}
		from unnest(${section.items.map((one) => one.id)}::uuid[]) with ordinality as o(id, place)
		where i.agency_id = (select platform.current_agency()) and i.id = o.id`.execute(tx);
}
