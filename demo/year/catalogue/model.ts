/** Words of the invented catalogue: programs, their curricula, lessons and questions. Content is Indonesian, as typed by an office. */

export type TeachingMode = 'class' | 'field' | 'online' | 'self_paced' | 'workplace';

export type PlannedModule = { name: string; hours: number; mode: TeachingMode };
export type PlannedOutcome = { statement: string; competency: string; level: number };

export type PlannedCurriculum = {
	/** Why this version was made. */
	reason: string;
	modules: readonly PlannedModule[];
	outcomes: readonly PlannedOutcome[];
};

/** Who is sent: a rule over post and office, see ../audience.ts. */
export type Audience =
	| 'everyone'
	| 'counter'
	| 'village'
	| 'office'
	| 'heads'
	| 'lowestHeads'
	| 'teachers'
	| 'schoolHeads'
	| 'health'
	| 'planners'
	| 'police';

export type PlannedProgram = {
	code: string;
	name: string;
	/** Bentuk, domain.md §2. */
	form: string;
	/** The goal of the city that it serves. */
	goal: string;
	audience: Audience;
	/** Oldest first; the last one is in force at the end of the year. */
	versions: readonly PlannedCurriculum[];
};

export type PlannedQuestion = {
	stem: string;
	/** Right choices start with '*'. More than one right: tick all. */
	choices: readonly string[];
	why: string;
	/** Which outcome of the curriculum it measures, from 0; null for none of them. Left out: the first. */
	outcome?: number | null;
};

export type PlannedLesson = { title: string; minutes: number; body: string };

/** Material of one program: lessons by module (same order), and the questions asked before and after. */
export type Material = {
	code: string;
	lessons: readonly (readonly PlannedLesson[])[];
	questions: readonly PlannedQuestion[];
};
