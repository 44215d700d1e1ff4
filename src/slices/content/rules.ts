import type { Choice, Kind } from './model.ts';

export type QuestionProblem = 'tooFewChoices' | 'noneCorrect' | 'severalCorrect' | 'allCorrect' | 'twice';

/** Why a question cannot be asked yet, or null. A question that is always right, or never, measures nothing. */
export function questionProblem(
	kind: Kind,
	choices: readonly Pick<Choice, 'wording' | 'correct'>[]
): QuestionProblem | null {
	const correct = choices.filter((choice) => choice.correct).length;
	const words = new Set(choices.map((choice) => choice.wording.trim().toLocaleLowerCase('id')));
	if (choices.length < 2) return 'tooFewChoices';
	if (words.size < choices.length) return 'twice';
	if (correct === 0) return 'noneCorrect';
	if (kind === 'single' && correct > 1) return 'severalCorrect';
	return correct === choices.length ? 'allCorrect' : null;
}

/** Once begun by anybody, a quiz stays as it was asked. */
export const isFrozen = (quiz: { usedAt: Date | null; retiredAt: Date | null }): boolean =>
	quiz.usedAt !== null || quiz.retiredAt !== null;
