import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import dictionary from '../dictionary.json' with { type: 'json' };

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
			name: dictionary.name,
			legal_basis: dictionary.legalBasis,
			valid_from: dictionary.validFrom
		})
		.execute();
	const competencies = dictionary.competencies.map((competency) => ({ ...competency, id: newId() }));
	await tx
		.insertInto('competencies.competency')
		.values(
			competencies.map(({ id, code, family, name, nameEn, definition }, index) => ({
				agency_id: agencyId,
				id,
				dictionary_id: dictionaryId,
				code,
				family,
				name,
				name_en: nameEn,
				definition,
				sort: index + 1
			}))
		)
		.execute();
	await tx
		.insertInto('competencies.level')
		.values(
			competencies.flatMap(({ id, levels }) =>
				levels.map(({ level, headline, indicators }) => ({
					agency_id: agencyId,
					competency_id: id,
					level,
					headline,
					indicators: JSON.stringify(indicators)
				}))
			)
		)
		.execute();
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
