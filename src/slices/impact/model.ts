import type { CivilDate } from '#kernel/time.ts';
import type { Direction } from './verdict.ts';

/** How the comparison came about; the stronger ones were decided before anybody was trained. */
export const DESIGNS = [
	'lottery',
	'staggered_start',
	'matched',
	'before_after_comparison',
	'before_after'
] as const;
export type Design = (typeof DESIGNS)[number];

export function designOf(text: string): Design {
	const design = DESIGNS.find((known) => known === text);
	if (design === undefined) throw new TypeError(`not a design of a study: ${text}`);
	return design;
}

/** Whose figures an indicator holds. */
export const SUBJECTS = ['unit', 'person'] as const;
export type Subject = (typeof SUBJECTS)[number];

export function subjectOf(text: string): Subject {
	const subject = SUBJECTS.find((known) => known === text);
	if (subject === undefined) throw new TypeError(`not whose figures: ${text}`);
	return subject;
}

/**
 * What the matched must be alike in: their mean before, their slope before; of units how many people they have; of people
 * their grade and age, and, exactly, the kind of their post and of their unit.
 */
export const COVARIATES = ['level', 'trend', 'people', 'grade', 'age', 'post', 'kind'] as const;
export type Covariate = (typeof COVARIATES)[number];
export const COVARIATES_OF: Readonly<Record<Subject, readonly Covariate[]>> = {
	unit: ['level', 'trend', 'people'],
	person: ['level', 'trend', 'grade', 'age', 'post', 'kind']
};
export const covariatesOf = (words: readonly string[]): Covariate[] =>
	COVARIATES.filter((known) => words.includes(known));

/** The database's check constraint keeps the column to these words. */
export function directionOf(text: string): Direction {
	if (text === 'lower' || text === 'higher') return text;
	throw new TypeError(`not a direction: ${text}`);
}

/** One value per unit and such period; kept as the first day of the period. */
export const CADENCES = ['month', 'quarter', 'half', 'year'] as const;
export type Cadence = (typeof CADENCES)[number];
export const MONTHS_IN: Readonly<Record<Cadence, number>> = { month: 1, quarter: 3, half: 6, year: 12 };

export function cadenceOf(text: string): Cadence {
	const cadence = CADENCES.find((known) => known === text);
	if (cadence === undefined) throw new TypeError(`not a cadence: ${text}`);
	return cadence;
}

export type Indicator = {
	id: string;
	/** Of units unless said. */ subject?: Subject;
	code: string;
	name: string;
	/** minutes, points of the IKM … */
	unitOfMeasure: string;
	better: Direction;
};

/** Who takes part: a unit, or in a study of people a person. */
export type StudyUnit = {
	unitId: string;
	treated: boolean;
	/** First day of its first month as trained. */ treatedFrom: CivilDate | null;
	/** Its place in the lottery; 0: applied and not drawn yet; null: took no part in it. */
	lot: number | null;
};

/** Months as whole numbers, so that they can be counted: year × 12 + month − 1. */
export const monthIndex = (date: CivilDate): number =>
	Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
export const monthOf = (index: number): CivilDate =>
	`${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
