import type { Purpose } from '#slices/content/public.ts';

/** Registrations that hold a seat, or held one: they learn, and keep the material afterwards. */
export const LEARNING: readonly string[] = ['enrolled', 'passed', 'failed'];

/** Classes whose material is open: not yet while planned, no longer when cancelled. */
export const TAUGHT: readonly string[] = ['open', 'running', 'finished'];

/** Taught at one's own pace: nobody waits for the last day to be tested. */
export const OWN_PACE: readonly string[] = ['self_paced', 'workplace'];

export type LearnerClass = {
	id: string;
	name: string;
	status: string;
	mode: string;
	startsOn: string;
	endsOn: string;
	versionId: string;
};

export type Attempt = {
	id: string;
	quizId: string;
	purpose: Purpose;
	startedAt: Date;
	finishedAt: Date | null;
	score: number | null;
	maxScore: number | null;
};

export type QuizState = {
	id: string;
	purpose: Purpose;
	title: string;
	passPercent: number;
	questions: number;
	retiredAt: Date | null;
};
export type LessonState = {
	id: string;
	title: string;
	minutes: number;
	moduleId: string;
	moduleName: string;
	finishedAt: Date | null;
};
