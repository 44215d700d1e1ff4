import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { answerKey, freezeQuiz } from '#slices/content/public.server.ts';
import { purposeOf } from '#slices/content/public.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canAnswer, canLearn } from '../../access.ts';
import { FinishQuiz, SaveAnswer, StartQuiz } from '../../input.ts';
import { believedTime, posttestFrom, startProblem } from '../../rules.ts';
import { answerProblem, markOf } from '../../scoring.ts';
import { attemptsIn, seatOf } from '../seat.ts';

constraintMeans('attempt_test_once', 'learning.quiz.alreadyTaken');

/**
 * Begins a quiz, or answers the attempt that is still open. From the first one on its questions never change. Refuses:
 * no questions or replaced, a test taken already, the test before after the class, the test after too early.
 */
export const startQuiz = command(
	'learning.startQuiz',
	StartQuiz,
	async ({ tx, actor, now, today, permit, note }, { classId, quizId }) => {
		const seat = await seatOf(tx, actor.agencyId, classId, actor.personId);
		if (!seat) throw missing();
		// One learner on two devices: the second waits here and finds the attempt of the first.
		await tx
			.selectFrom('classes.registration')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', seat.registrationId)
			.forNoKeyUpdate()
			.execute();
		permit(canLearn(actor, seat));
		const attempts = (await attemptsIn(tx, actor.agencyId, classId, seat.personId)).map((attempt) => ({
			...attempt,
			purpose: purposeOf(attempt.purpose)
		}));
		const open = attempts.find((attempt) => attempt.quizId === quizId && attempt.finishedAt === null);
		note({ classId, quizId });
		if (open) return { attemptId: open.id };

		const quiz = await freezeQuiz(tx, actor.agencyId, quizId, now);
		if (quiz.versionId !== seat.versionId) throw missing();
		const problem = startProblem(quiz, seat, attempts, today);
		if (problem !== null) throw refused(`learning.quiz.${problem}`, { on: posttestFrom(seat) });
		const attemptId = newId();
		await tx
			.insertInto('learning.attempt')
			.values({
				agency_id: actor.agencyId,
				id: attemptId,
				quiz_id: quizId,
				class_id: classId,
				person_id: seat.personId,
				purpose: quiz.purpose,
				started_at: now
			})
			.execute();
		note({ attemptId });
		return { attemptId };
	},
	{ summary: 'Begin a quiz, or go on with the attempt that is open' }
);

async function lockAttempt(tx: Tx, agencyId: string, attemptId: string, strength: 'share' | 'update') {
	const query = tx
		.selectFrom('learning.attempt')
		.select([
			'id',
			'quiz_id as quizId',
			'person_id as personId',
			'started_at as startedAt',
			'finished_at as finishedAt'
		])
		.where('agency_id', '=', agencyId)
		.where('id', '=', attemptId);
	const attempt = await (strength === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst();
	if (!attempt) throw missing();
	return attempt;
}

/**
 * One answer, saved when it is ticked. Sending it again changes nothing; of two answers to the same question the one
 * ticked later stays, whichever arrives last (a phone may deliver an hour's answers at once). Answers what is kept.
 * Refuses: handed in already, a choice of another question, two where one is asked for.
 */
export const saveAnswer = command(
	'learning.saveAnswer',
	SaveAnswer,
	async ({ tx, actor, now, permit, note }, { attemptId, questionId, choiceIds, answeredAt }) => {
		const attempt = await lockAttempt(tx, actor.agencyId, attemptId, 'share');
		if (!canAnswer(actor, attempt)) throw missing();
		permit(true);
		if (attempt.finishedAt !== null) throw refused('learning.attempt.finished');
		const question = (await answerKey(tx, actor.agencyId, attempt.quizId)).find(
			({ id }) => id === questionId
		);
		if (!question) throw missing();
		const problem = answerProblem(question, choiceIds);
		if (problem !== null) throw refused(`learning.answer.${problem}`);

		const at = believedTime(
			answeredAt === undefined ? undefined : new Date(answeredAt),
			attempt.startedAt,
			now
		);
		const kept = await sql<{ choice_ids: string[] }>`
			insert into learning.answer as a (agency_id, attempt_id, question_id, choice_ids, answered_at, saved_at)
			values (${actor.agencyId}, ${attemptId}, ${questionId}, ${[...new Set(choiceIds)]}::uuid[], ${at}, ${now})
			on conflict (agency_id, attempt_id, question_id) do update set
				choice_ids = case when excluded.answered_at >= a.answered_at then excluded.choice_ids else a.choice_ids end,
				saved_at = case when excluded.answered_at >= a.answered_at then excluded.saved_at else a.saved_at end,
				answered_at = greatest(excluded.answered_at, a.answered_at)
			returning choice_ids`.execute(tx);
		note({ attemptId, questionId });
		return { questionId, choiceIds: kept.rows[0]?.choice_ids ?? [] };
	},
	{ summary: 'Save one answer of a quiz that is being taken' }
);

/** Hands a quiz in and marks it; pressed twice, the first mark stays. Questions left open count as not right. */
export const finishQuiz = command(
	'learning.finishQuiz',
	FinishQuiz,
	async ({ tx, actor, now, permit, record, note }, { attemptId }) => {
		const attempt = await lockAttempt(tx, actor.agencyId, attemptId, 'update');
		if (!canAnswer(actor, attempt)) throw missing();
		permit(true);
		note({ attemptId });
		if (attempt.finishedAt !== null) return { attemptId };
		const key = await answerKey(tx, actor.agencyId, attempt.quizId);
		const answers = await tx
			.selectFrom('learning.answer')
			.select(['question_id as questionId', 'choice_ids as choiceIds'])
			.where('agency_id', '=', actor.agencyId)
			.where('attempt_id', '=', attemptId)
			.execute();
		const mark = markOf(key, new Map(answers.map(({ questionId, choiceIds }) => [questionId, choiceIds])));
		await tx
			.updateTable('learning.attempt')
			.set({ finished_at: now, score: mark.score, max_score: mark.maxScore })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', attemptId)
			.execute();
		record('learning.quizFinished', { attemptId });
		return { attemptId };
	},
	{ summary: 'Hand a quiz in' }
);
