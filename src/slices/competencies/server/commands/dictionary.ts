import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEditStandards } from '../../access.ts';
import {
	DescribeDictionary,
	DraftDictionary,
	OneDictionary,
	RemoveCompetency,
	SaveCompetency
} from '../../input.ts';
import { FAMILIES_OF } from '../../model.ts';
import { comingInForce } from '../../rules.ts';
import { draftOf, lockDraft, showEditions, sortAt, writeEdition } from '../write-edition.ts';

constraintMeans('dictionary_in_force', 'competencies.version.justDecided');

/** Prepares the next version: a copy of the one in force, or an empty one. With a draft open, answers with that one. */
export const draftDictionary = command(
	'competencies.draftDictionary',
	DraftDictionary,
	async ({ tx, actor, now, today, permit, note }, { kind }) => {
		permit(canEditStandards(actor));
		const by = { agencyId: actor.agencyId, accountId: actor.accountId, now, today };
		const { id } = await draftOf(tx, by, kind);
		note({ dictionaryId: id });
		return { dictionaryId: id };
	},
	{ summary: 'Prepare the next version of a dictionary' }
);

/** Name, legal basis and planned day of a draft. Refuses: a version that is no draft. */
export const describeDictionary = command(
	'competencies.describeDictionary',
	DescribeDictionary,
	async ({ tx, actor, permit, note }, { dictionaryId, name, legalBasis, validFrom, note: why }) => {
		await lockDraft(tx, actor.agencyId, dictionaryId);
		permit(canEditStandards(actor));
		await tx
			.updateTable('competencies.dictionary')
			.set({ name, legal_basis: legalBasis, valid_from: validFrom, note: why })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', dictionaryId)
			.execute();
		note({ dictionaryId });
		return { dictionaryId };
	},
	{ summary: 'Name a draft of a dictionary, its legal basis and its day' }
);

/**
 * A competency of a draft with its five levels: a new one, or other words for one that the draft has. Its identity
 * stays whatever its name or code becomes. Refuses: a version that is no draft, a code that another one has, a group
 * that does not belong to the dictionary, one that the draft does not have.
 */
export const saveCompetency = command(
	'competencies.saveCompetency',
	SaveCompetency,
	async ({ tx, actor, permit, note }, { dictionaryId, competencyId, levels, ...typed }) => {
		const version = await lockDraft(tx, actor.agencyId, dictionaryId);
		permit(canEditStandards(actor));
		const families = FAMILIES_OF[version.kind];
		const known = await tx
			.selectFrom('competencies.edition')
			.select(['competency_id', 'family', 'sort'])
			.where('agency_id', '=', actor.agencyId)
			.where('dictionary_id', '=', dictionaryId)
			.execute();
		const old = known.find((edition) => edition.competency_id === competencyId);
		if (competencyId !== undefined && old === undefined) throw missing();
		const family = families.find((one) => one === (typed.family ?? old?.family)) ?? families[0];
		if (family === undefined) throw missing();
		const id = await writeEdition(tx, actor.agencyId, dictionaryId, {
			competencyId: competencyId ?? null,
			code: typed.code,
			family,
			area: version.kind === 'technical' ? (typed.area ?? null) : null,
			name: typed.name,
			nameEn: typed.nameEn,
			definition: typed.definition,
			levels,
			sort: old?.sort ?? Math.max(sortAt(version.kind, -1), ...known.map(({ sort }) => sort)) + 1
		});
		note({ dictionaryId, competencyId: id });
		return { dictionaryId, competencyId: id };
	},
	{ summary: 'Write a competency of a draft with its five levels' }
);

/** Leaves it out of the next version; its history and what was measured in it stay. Refuses: a version that is no draft. */
export const removeCompetency = command(
	'competencies.removeCompetency',
	RemoveCompetency,
	async ({ tx, actor, permit, note }, { dictionaryId, competencyId }) => {
		await lockDraft(tx, actor.agencyId, dictionaryId);
		permit(canEditStandards(actor));
		await tx
			.deleteFrom('competencies.edition')
			.where('agency_id', '=', actor.agencyId)
			.where('dictionary_id', '=', dictionaryId)
			.where('competency_id', '=', competencyId)
			.execute();
		note({ dictionaryId, competencyId });
		return { dictionaryId };
	},
	{ summary: 'Leave a competency out of a draft' }
);

/** Throws a draft away. Refuses: a version that is no draft. */
export const discardDictionary = command(
	'competencies.discardDictionary',
	OneDictionary,
	async ({ tx, actor, permit, note }, { dictionaryId }) => {
		const { kind } = await lockDraft(tx, actor.agencyId, dictionaryId);
		permit(canEditStandards(actor));
		await tx
			.deleteFrom('competencies.dictionary')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', dictionaryId)
			.execute();
		note({ dictionaryId });
		return { kind };
	},
	{ summary: 'Throw a draft of a dictionary away' }
);

/**
 * Puts a draft in force on its day and ends the version before it. From now on the database refuses to change it.
 * Refuses: no legal basis, nothing in it, a day to come, a day not after the version in force began.
 */
export const putDictionaryInForce = command(
	'competencies.putDictionaryInForce',
	OneDictionary,
	async ({ tx, actor, now, today, permit, record }, { dictionaryId }) => {
		const draft = await lockDraft(tx, actor.agencyId, dictionaryId);
		permit(canEditStandards(actor));
		const current = await tx
			.selectFrom('competencies.dictionary')
			.select(['id', 'valid_from as validFrom'])
			.where('agency_id', '=', actor.agencyId)
			.where('family', '=', draft.kind)
			.where('status', '=', 'in_force')
			.forUpdate()
			.executeTakeFirst();
		const { competencies } = await tx
			.selectFrom('competencies.edition')
			.select((eb) => eb.fn.countAll<number>().as('competencies'))
			.where('agency_id', '=', actor.agencyId)
			.where('dictionary_id', '=', dictionaryId)
			.executeTakeFirstOrThrow();
		comingInForce({ ...draft, competencies: Number(competencies) }, current ?? null, today);
		if (current !== undefined)
			await tx
				.updateTable('competencies.dictionary')
				.set({ status: 'superseded', valid_to: draft.validFrom })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', current.id)
				.execute();
		await tx
			.updateTable('competencies.dictionary')
			.set({ status: 'in_force', decided_by: actor.accountId, decided_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', dictionaryId)
			.execute();
		await showEditions(tx, actor.agencyId, dictionaryId);
		record('competencies.dictionaryInForce', { dictionaryId });
		if (current === undefined) return { dictionaryId, from: draft.validFrom };
		return { dictionaryId, from: draft.validFrom, ended: current.id };
	},
	{ summary: 'Put a draft of a dictionary in force' }
);
