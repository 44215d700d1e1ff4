import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';

/** A quiz, locked until the command ends. 404 when it is not of this agency. */
export async function lockQuiz(tx: Tx, agencyId: string, quizId: string) {
	const quiz = await tx
		.selectFrom('content.quiz')
		.select([
			'id',
			'version_id as versionId',
			'purpose',
			'title',
			'pass_percent as passPercent',
			'revision',
			'used_at as usedAt',
			'retired_at as retiredAt'
		])
		.where('agency_id', '=', agencyId)
		.where('id', '=', quizId)
		.forUpdate()
		.executeTakeFirst();
	if (!quiz) throw missing();
	return quiz;
}

type Locked = Awaited<ReturnType<typeof lockQuiz>>;

/** Refuses a change of a quiz that somebody has begun: scores of the same quiz must mean the same. */
export function mustBeOpen(quiz: Locked): void {
	if (quiz.retiredAt !== null) throw refused('content.quiz.retired');
	if (quiz.usedAt !== null) throw refused('content.quiz.used');
}

/** Refuses a form that was made before somebody else saved. */
export function mustBeSeen(quiz: Locked, revision: number): void {
	if (quiz.revision !== revision) throw refused('content.quiz.changedMeanwhile');
}
