import { invalidField, missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canEdit } from '../../access.ts';
import { OneQuestion, SaveQuestion } from '../../input.ts';
import { questionProblem } from '../../rules.ts';
import { lockQuiz, mustBeOpen, mustBeSeen } from '../lock-quiz.ts';

async function touch(tx: Tx, agencyId: string, quizId: string, revision: number): Promise<void> {
	await tx
		.updateTable('content.quiz')
		.set({ revision: revision + 1 })
		.where('agency_id', '=', agencyId)
		.where('id', '=', quizId)
		.execute();
}

async function questionsIn(tx: Tx, agencyId: string, quizId: string) {
	return tx
		.selectFrom('content.question')
		.select(['id', 'sort'])
		.where('agency_id', '=', agencyId)
		.where('quiz_id', '=', quizId)
		.orderBy('sort')
		.execute();
}

/**
 * A question with its choices; without `questionId` a new one at the end. Empty choices are left out. Refuses: fewer
 * than two choices, none or all of them right, several right where one is asked for, the quiz taken already.
 */
export const saveQuestion = command(
	'content.saveQuestion',
	SaveQuestion,
	async ({ tx, actor, permit, note }, { quizId, revision, questionId, stem, kind, explanation, choices }) => {
		const quiz = await lockQuiz(tx, actor.agencyId, quizId);
		permit(canEdit(actor));
		mustBeOpen(quiz);
		mustBeSeen(quiz, revision);
		const empty = choices.findIndex(({ wording, correct }) => wording === '' && correct);
		if (empty !== -1) throw invalidField(`choices.${empty}.wording`, 'content.choice.emptyCorrect');
		const filled = choices.filter(({ wording }) => wording !== '');
		const problem = questionProblem(kind, filled);
		if (problem !== null) throw invalidField('choices', `content.question.${problem}`);

		const others = await questionsIn(tx, actor.agencyId, quizId);
		const own = { agency_id: actor.agencyId, quiz_id: quizId };
		const id = questionId ?? newId();
		if (questionId === undefined)
			await tx
				.insertInto('content.question')
				.values({ ...own, id, sort: (others.at(-1)?.sort ?? 0) + 1, kind, stem, explanation })
				.execute();
		else {
			if (!others.some((other) => other.id === questionId)) throw missing();
			await tx
				.updateTable('content.question')
				.set({ kind, stem, explanation })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', questionId)
				.execute();
			await tx
				.deleteFrom('content.choice')
				.where('agency_id', '=', actor.agencyId)
				.where('question_id', '=', questionId)
				.execute();
		}
		await tx
			.insertInto('content.choice')
			.values(
				filled.map(({ wording, correct }, index) => ({
					agency_id: actor.agencyId,
					id: newId(),
					question_id: id,
					sort: index + 1,
					wording,
					correct
				}))
			)
			.execute();
		await touch(tx, actor.agencyId, quizId, revision);
		note({ quizId, questionId: id });
		return { quizId, questionId: id };
	},
	{ summary: 'Save a question of a quiz that nobody has taken' }
);

/** Takes a question out. Refuses: the quiz taken already, changed by somebody else meanwhile. */
export const removeQuestion = command(
	'content.removeQuestion',
	OneQuestion,
	async ({ tx, actor, permit, note }, { quizId, revision, questionId }) => {
		const quiz = await lockQuiz(tx, actor.agencyId, quizId);
		permit(canEdit(actor));
		mustBeOpen(quiz);
		mustBeSeen(quiz, revision);
		const removed = await tx
			.deleteFrom('content.question')
			.where('agency_id', '=', actor.agencyId)
			.where('quiz_id', '=', quizId)
			.where('id', '=', questionId)
			.executeTakeFirst();
		if (removed.numDeletedRows === 0n) throw missing();
		await touch(tx, actor.agencyId, quizId, revision);
		note({ quizId, questionId });
		return { quizId };
	},
	{ summary: 'Take a question out of a quiz that nobody has taken' }
);

/** One place up; the first stays first. */
export const raiseQuestion = command(
	'content.raiseQuestion',
	OneQuestion,
	async ({ tx, actor, permit, note }, { quizId, revision, questionId }) => {
		const quiz = await lockQuiz(tx, actor.agencyId, quizId);
		permit(canEdit(actor));
		mustBeOpen(quiz);
		mustBeSeen(quiz, revision);
		const questions = await questionsIn(tx, actor.agencyId, quizId);
		const at = questions.findIndex(({ id }) => id === questionId);
		const raised = questions[at];
		const above = questions[at - 1];
		if (!raised) throw missing();
		const place = (id: string, sort: number) =>
			tx
				.updateTable('content.question')
				.set({ sort })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', id)
				.execute();
		if (above) {
			await place(above.id, raised.sort);
			await place(raised.id, above.sort);
		}
		await touch(tx, actor.agencyId, quizId, revision);
		note({ quizId, questionId });
		return { quizId };
	},
	{ summary: 'Move a question one place up' }
);
