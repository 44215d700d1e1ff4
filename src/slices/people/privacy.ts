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

export const CORRECTION_NEXT = {
	waiting: ['approved', 'rejected', 'withdrawn'],
	approved: [],
	rejected: [],
	withdrawn: []
} as const;
export type CorrectionStatus = keyof typeof CORRECTION_NEXT;

/** @law UU 27/2022 Ps 11 (delay and limit), Ps 10 (object to profiling), Ps 8 (end and delete; Ps 15 lets archives stay) */
export const PRIVACY_KINDS = ['restrict', 'object', 'erase'] as const;
export type PrivacyKind = (typeof PRIVACY_KINDS)[number];

/** A granted restriction can be lifted again; the other answers are final. */
export const PRIVACY_NEXT = {
	waiting: ['granted', 'refused', 'withdrawn'],
	granted: ['lifted'],
	refused: [],
	withdrawn: [],
	lifted: []
} as const;
export type PrivacyStatus = keyof typeof PRIVACY_NEXT;

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
export type DataGroup = (typeof DATA_GROUPS)[number];
