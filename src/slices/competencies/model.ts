/** Groups of competencies. @law UU 20/2023; PermenPANRB 38/2017 */
export const FAMILIES = ['managerial', 'sociocultural', 'technical'] as const;
export type Family = (typeof FAMILIES)[number];

/** Levels of mastery, 1 to 5; "not yet at level 1" is 0 and belongs to ratings, not to the dictionary. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

/** A rule of the ruleset "which level must a post have": for one competency, or (null) for all of them. */
export type RequiredRule = {
	id: string;
	postLevel: string;
	competencyId: string | null;
	level: number;
	legalBasis: string;
	validFrom: string;
	/** Exclusive; null while it holds. */
	validTo: string | null;
};
