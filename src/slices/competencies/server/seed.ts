import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import dictionary from '../dictionary.json' with { type: 'json' };
import { familyOf } from '../model.ts';
import { showEditions, sortAt, writeEdition } from './write-edition.ts';

/**
 * The national dictionary (nine competencies, five levels each) and the levels that posts start from, for a new agency.
 * They hold from the first year after the regulation, so that a year already over can be measured too; the agency's
 * own decrees (SKJ) are dated rules on top.
 * @law PermenPANRB 38/2017, lampiran II; indicators are our own wording
 */
export async function seedCompetencies(tx: Tx, agencyId: string): Promise<void> {
	const dictionaryId = newId();
	await tx
		.insertInto('competencies.dictionary')
		.values({
			agency_id: agencyId,
			id: dictionaryId,
			family: 'national',
			number: 1,
			name: dictionary.names.national,
			legal_basis: dictionary.legalBasis,
			valid_from: dictionary.validFrom
		})
		.execute();
	for (const [at, { levels, family, nameEn, ...competency }] of dictionary.competencies.entries())
		await writeEdition(tx, agencyId, dictionaryId, {
			...competency,
			competencyId: null,
			family: familyOf(family),
			area: null,
			nameEn,
			levels,
			sort: sortAt('national', at)
		});
	await tx
		.updateTable('competencies.dictionary')
		.set({ status: 'in_force', decided_by: 'system', decided_at: sql`now()` })
		.where('agency_id', '=', agencyId)
		.where('id', '=', dictionaryId)
		.execute();
	await showEditions(tx, agencyId, dictionaryId);
	await tx
		.insertInto('competencies.required_level')
		.values(
			dictionary.requiredLevels.rows.map(({ postLevel, level }) => ({
				agency_id: agencyId,
				id: newId(),
				post_level: postLevel,
				competency_id: null,
				level,
				legal_basis: dictionary.requiredLevels.legalBasis,
				valid_from: dictionary.validFrom
			}))
		)
		.execute();
}
