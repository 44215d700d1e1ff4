import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEdit } from '../../access.ts';
import { CreateQuiz, OneQuiz, SaveQuiz } from '../../input.ts';
import { purposeOf } from '../../model.ts';
import { copyQuizzes } from '../copy-material.ts';
import { lockQuiz, mustBeOpen, mustBeSeen } from '../lock-quiz.ts';

constraintMeans('quiz_test_once', 'content.quiz.testExists');

/** An empty quiz of a curriculum version. Refuses: a second test before, or after (one each, so that all are measured alike). */
export const createQuiz = command(
	'content.createQuiz',
	CreateQuiz,
	async ({ tx, actor, permit, note }, { versionId, purpose, title, passPercent }) => {
		permit(canEdit(actor));
		await mustBeVersion(tx, actor.agencyId, versionId);
		const quizId = newId();
		await tx
			.insertInto('content.quiz')
			.values({
				agency_id: actor.agencyId,
				id: quizId,
				version_id: versionId,
				purpose,
				title,
				pass_percent: passPercent
			})
			.execute();
		note({ quizId, versionId });
		return { quizId };
	},
	{ summary: 'Make an empty quiz of a curriculum version' }
);

async function mustBeVersion(tx: Tx, agencyId: string, versionId: string): Promise<void> {
	const version = await tx
		.selectFrom('programs.version')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', versionId)
		.executeTakeFirst();
	if (!version) throw missing();
}

/** Title and pass mark. Refuses: taken already, changed by somebody else meanwhile. */
export const saveQuiz = command(
	'content.saveQuiz',
	SaveQuiz,
	async ({ tx, actor, permit, note }, { quizId, revision, title, passPercent }) => {
		const quiz = await lockQuiz(tx, actor.agencyId, quizId);
		permit(canEdit(actor));
		mustBeOpen(quiz);
		mustBeSeen(quiz, revision);
		await tx
			.updateTable('content.quiz')
			.set({ title, pass_percent: passPercent, revision: revision + 1 })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', quizId)
			.execute();
		note({ quizId });
		return { quizId };
	},
	{ summary: 'Change title and pass mark of a quiz that nobody has taken' }
);

/**
 * A copy that can be changed, of a quiz that no longer can: the old one is finished by whoever has begun it and begun by
 * nobody else. Refuses: never taken (change it as it is), replaced already.
 */
export const replaceQuiz = command(
	'content.replaceQuiz',
	OneQuiz,
	async ({ tx, actor, now, permit, note }, { quizId }) => {
		const quiz = await lockQuiz(tx, actor.agencyId, quizId);
		permit(canEdit(actor));
		if (quiz.retiredAt !== null) throw refused('content.quiz.retired');
		if (quiz.usedAt === null) throw refused('content.quiz.stillOpen');
		await tx
			.updateTable('content.quiz')
			.set({ retired_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', quizId)
			.execute();
		const [copyId] = await copyQuizzes(
			tx,
			actor.agencyId,
			[{ ...quiz, purpose: purposeOf(quiz.purpose) }],
			quiz.versionId
		);
		if (copyId === undefined) throw missing();
		note({ quizId, copyId });
		return { quizId: copyId };
	},
	{ summary: 'Replace a quiz that was taken by a copy that can be changed' }
);
