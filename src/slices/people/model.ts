/** Statuses of an import and what may follow: nothing is written before 'applied', and only that can be undone. */
export const IMPORT_NEXT = {
	checked: ['applied', 'discarded', 'expired'],
	applied: ['undone'],
	discarded: [],
	expired: [],
	undone: []
} as const;
export type ImportStatus = keyof typeof IMPORT_NEXT;

export const mayBecome = (from: ImportStatus, to: ImportStatus): boolean =>
	IMPORT_NEXT[from].some((next) => next === to);

/** How long a dry run is kept, and how long what it takes to undo an import. */
export const DRY_RUN_HOURS = 24;
export const UNDO_DAYS = 30;

/** Why somebody whom the file lacks no longer works here. */
export const DEPARTURE_REASONS = ['retired', 'moved', 'resigned', 'dismissed', 'died'] as const;

/** What applying does with a row. */
export const OUTCOMES = ['new', 'changed', 'unchanged', 'wrong'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Result of a dry run in numbers: of rows in the file, and `missing` of what is known but not in the file. */
export type ImportCounts = Record<Outcome | 'rows' | 'warnings' | 'skipped' | 'missing', number>;

/**
 * Roles that are given with dates; those of heads, supervisors and employees follow from their posts. What each may do
 * is written in `src/app/server/roles.ts` and nowhere else.
 */
export const GIVEN_ROLES = [
	'trainingAdmin',
	'agencyHead',
	'authorizedOfficial',
	'leadership',
	'auditor',
	'privacyOfficer',
	'unitAdmin',
	'facilitator'
] as const;

/** Whom a search offers to choose from: more are not read through. */
export const MOST_FOUND = 50;

/** First access codes made at one press: as many as one prints and hands out. */
export const FIRST_CODES = 200;

/** A name as letters write it: 'dr. Siti Rahma, S.Ked.'. */
export const fullName = (person: {
	name: string;
	front_title: string | null;
	back_title: string | null;
}): string =>
	`${person.front_title ? `${person.front_title} ` : ''}${person.name}${person.back_title ? `, ${person.back_title}` : ''}`;
