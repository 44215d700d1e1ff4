import type { Purpose } from '#slices/content/public.ts';
import {
	LEARNING,
	OWN_PACE,
	TAUGHT,
	type Attempt,
	type LearnerClass,
	type LessonState,
	type QuizState
} from './model.ts';

/** Does this registration open this class's material? */
export const opensMaterial = (registration: string, classStatus: string): boolean =>
	LEARNING.includes(registration) && TAUGHT.includes(classStatus);

/** First day on which the test after may be taken: the last day of the class, any day at one's own pace. */
export const posttestFrom = (it: Pick<LearnerClass, 'mode' | 'startsOn' | 'endsOn'>): string =>
	OWN_PACE.includes(it.mode) ? it.startsOn : it.endsOn;

export type StartProblem = 'notReady' | 'alreadyTaken' | 'pretestTooLate' | 'posttestTooEarly';

/**
 * Why a quiz cannot be begun now, or null. Before and after are measured once each, and before means before: not after
 * the class has ended nor after the test after. Practice may be begun again and again. An attempt not yet handed in is
 * resumed, never begun anew, so it is not asked here.
 */
export function startProblem(
	quiz: Pick<QuizState, 'purpose' | 'questions' | 'retiredAt'>,
	it: Pick<LearnerClass, 'mode' | 'startsOn' | 'endsOn'>,
	attempts: readonly Pick<Attempt, 'purpose' | 'finishedAt'>[],
	today: string
): StartProblem | null {
	const took = (purpose: Purpose) => attempts.some((attempt) => attempt.purpose === purpose);
	if (quiz.purpose !== 'practice' && took(quiz.purpose)) return 'alreadyTaken';
	if (quiz.questions === 0 || quiz.retiredAt !== null) return 'notReady';
	if (quiz.purpose === 'pretest' && (today > it.endsOn || took('posttest'))) return 'pretestTooLate';
	if (quiz.purpose === 'posttest' && today < posttestFrom(it)) return 'posttestTooEarly';
	return null;
}

/**
 * May the learner now see which choices were right? Of practice at once; of tests only when the class is over and its
 * test after handed in, because both tests may ask alike and colleagues may still be sitting theirs.
 */
export function revealsKey(
	purpose: Purpose,
	it: Pick<LearnerClass, 'endsOn'>,
	attempts: readonly Pick<Attempt, 'purpose' | 'finishedAt'>[],
	today: string
): boolean {
	if (purpose === 'practice') return true;
	return (
		today > it.endsOn &&
		attempts.some((attempt) => attempt.purpose === 'posttest' && attempt.finishedAt !== null)
	);
}

/**
 * When an answer was ticked, as far as we believe the device: not before the attempt began, not after now. Without a
 * time (a plain form) it is now.
 */
export function believedTime(told: Date | undefined, startedAt: Date, now: Date): Date {
	if (told === undefined) return now;
	return new Date(Math.min(Math.max(told.getTime(), startedAt.getTime()), now.getTime()));
}

export type NextStep =
	| { kind: 'resume'; attemptId: string; title: string }
	| { kind: 'quiz'; quizId: string; purpose: Purpose; title: string }
	| { kind: 'lesson'; lessonId: string; title: string; minutes: number }
	| { kind: 'wait'; on: string; title: string }
	| { kind: 'done' }
	/** Nothing left to take, and there never was a lesson to read: no reason for praise. */
	| { kind: 'nothing' };

/** The one thing to do next in a class: what was begun, the test before, the next lesson, the test after. */
export function nextStep(
	it: LearnerClass,
	lessons: readonly LessonState[],
	quizzes: readonly QuizState[],
	attempts: readonly Attempt[],
	today: string
): NextStep {
	const open = attempts.find((attempt) => attempt.finishedAt === null);
	if (open) {
		const quiz = quizzes.find(({ id }) => id === open.quizId);
		return { kind: 'resume', attemptId: open.id, title: quiz?.title ?? '' };
	}
	const startable = (purpose: Purpose) =>
		quizzes.find((quiz) => quiz.purpose === purpose && startProblem(quiz, it, attempts, today) === null);
	const asQuiz = ({ id, purpose, title }: QuizState): NextStep => ({
		kind: 'quiz',
		quizId: id,
		purpose,
		title
	});
	const pretest = startable('pretest');
	if (pretest) return asQuiz(pretest);
	const unread = lessons.find(({ finishedAt }) => finishedAt === null);
	if (unread) return { kind: 'lesson', lessonId: unread.id, title: unread.title, minutes: unread.minutes };
	const posttest = startable('posttest');
	if (posttest) return asQuiz(posttest);
	const waiting = quizzes.find(
		(quiz) => quiz.purpose === 'posttest' && startProblem(quiz, it, attempts, today) === 'posttestTooEarly'
	);
	if (waiting) return { kind: 'wait', on: posttestFrom(it), title: waiting.title };
	return { kind: lessons.length > 0 ? 'done' : 'nothing' };
}
