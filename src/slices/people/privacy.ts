/**
 * What a person may say is wrong with their record, and how long it may be. `other` is answered in words only; the rest
 * is written when approved.
 * @law UU 27/2022 Ps 6: completeness and correctness
 */
export const CORRECTABLE = [
	'name',
	'front_title',
	'back_title',
	'birth_date',
	'education_level',
	'grade',
	'email',
	'post_title',
	'other'
] as const;
export type Correctable = (typeof CORRECTABLE)[number];

/** @law UU 27/2022 Ps 11 (delay and limit), Ps 10 (object to profiling), Ps 8 (end and delete; Ps 15 lets archives stay) */
export const PRIVACY_KINDS = ['restrict', 'object', 'erase'] as const;

/**
 * Groups of what Asah keeps about a person: purpose and legal basis are sentences under `people.kept.<group>`.
 * @law UU 27/2022 Ps 5 (information) and Ps 20 (legal bases)
 */
export const DATA_GROUPS = [
	'identity',
	'career',
	'needs',
	'learning',
	'certificates',
	'followup',
	'account'
] as const;
