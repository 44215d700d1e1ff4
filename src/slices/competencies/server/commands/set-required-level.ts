import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEditStandards } from '../../access.ts';
import { SetRequiredLevel } from '../../input.ts';
import { superseded } from '../../rules.ts';

// Two people dating the same rule at once: the second is told to look again.
constraintMeans('required_level_once', 'competencies.required.changedMeanwhile');

/**
 * The level that a post level must have in one competency (or in all), from a day on, by a decree: a new row that ends
 * the one in force. Campaigns that were opened keep the level they were opened with. Refuses: a day not after the
 * newest rule's, a rule that changes nothing, a competency that does not exist.
 */
export const setRequiredLevel = command(
	'competencies.setRequiredLevel',
	SetRequiredLevel,
	async ({ tx, actor, permit, note }, { postLevel, competencyId = null, level, legalBasis, validFrom }) => {
		const earlier = await tx
			.selectFrom('competencies.required_level')
			.select(['id', 'level', 'legal_basis as legalBasis', 'valid_from as validFrom', 'valid_to as validTo'])
			.where('agency_id', '=', actor.agencyId)
			.where('post_level', '=', postLevel)
			.where('unit_kind', 'is', null)
			.where('competency_id', 'is not distinct from', competencyId)
			.forUpdate()
			.execute();
		permit(canEditStandards(actor));
		if (competencyId !== null) {
			const known = await tx
				.selectFrom('competencies.competency')
				.select('id')
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', competencyId)
				.executeTakeFirst();
			if (known === undefined) throw missing();
		}
		const closing = superseded(earlier, { level, legalBasis, validFrom });
		if (closing !== null)
			await tx
				.updateTable('competencies.required_level')
				.set({ valid_to: validFrom })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', closing.id)
				.execute();
		const id = newId();
		await tx
			.insertInto('competencies.required_level')
			.values({
				agency_id: actor.agencyId,
				id,
				post_level: postLevel,
				competency_id: competencyId,
				level,
				legal_basis: legalBasis,
				valid_from: validFrom
			})
			.execute();
		note({ requiredLevelId: id, ...(closing === null ? {} : { closedId: closing.id }) });
		return { id };
	},
	{ summary: 'Date a new required level for a post level, closing the one in force' }
);
