import type { KeyedQuestion } from '#slices/content/public.ts';

/** What was ticked, by question; a question that is not there was left open. */
export type Ticked = ReadonlyMap<string, readonly string[]>;

export type Mark = { score: number; maxScore: number };

/**
 * Right or wrong, nothing between: exactly the right choices and no other. A question with several right choices gives
 * no part of its point, so that ticking everything never pays. Not answered is not right.
 */
export function isRight(
	question: Pick<KeyedQuestion, 'correctIds'>,
	choiceIds: readonly string[] | undefined
): boolean {
	if (choiceIds === undefined) return false;
	const ticked = new Set(choiceIds);
	return ticked.size === question.correctIds.length && question.correctIds.every((id) => ticked.has(id));
}

/** One point a question, whatever its kind. */
export function markOf(key: readonly KeyedQuestion[], ticked: Ticked): Mark {
	return {
		score: key.filter((question) => isRight(question, ticked.get(question.id))).length,
		maxScore: key.length
	};
}

/** Per cent of the points, whole, rounded down: 69.9 of a pass mark of 70 is not passed. */
export const percentOf = ({ score, maxScore }: Mark): number =>
	maxScore === 0 ? 0 : Math.floor((score * 100) / maxScore);

export const isPassed = (mark: Mark, passPercent: number): boolean =>
	mark.maxScore > 0 && mark.score * 100 >= passPercent * mark.maxScore;

export type AnswerProblem = 'unknownChoice' | 'onlyOne';

/** Why this cannot be an answer to the question, or null. Nothing ticked is an answer taken back. */
export function answerProblem(
	question: Pick<KeyedQuestion, 'kind' | 'choiceIds'>,
	choiceIds: readonly string[]
): AnswerProblem | null {
	if (choiceIds.some((id) => !question.choiceIds.includes(id))) return 'unknownChoice';
	return question.kind === 'single' && new Set(choiceIds).size > 1 ? 'onlyOne' : null;
}
