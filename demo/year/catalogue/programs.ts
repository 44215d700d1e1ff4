import { LONG_TRAINING } from './long-training.ts';
import { LESSONS } from './lessons.ts';
import type { Material, PlannedProgram } from './model.ts';
import { NON_CLASSICAL } from './non-classical.ts';
import { CONDUCT_QUESTIONS } from './questions-conduct.ts';
import { QUESTIONS } from './questions-office.ts';
import { SERVICE_LESSONS } from './service-lessons.ts';
import { SERVICE_QUESTIONS } from './service-questions.ts';
import { SHORT_TRAINING } from './short-training.ts';

/** Every form that the law gives JP to has its program. */
export const PROGRAMS: readonly PlannedProgram[] = [...LONG_TRAINING, ...SHORT_TRAINING, ...NON_CLASSICAL];

/** Online material of the programs that have some. */
export const MATERIAL: readonly Material[] = [
	{ code: 'PPP', lessons: SERVICE_LESSONS, questions: SERVICE_QUESTIONS },
	...Object.entries({ ...QUESTIONS, ...CONDUCT_QUESTIONS }).map(([code, questions]) => ({
		code,
		lessons: LESSONS[code] ?? [],
		questions
	}))
];
