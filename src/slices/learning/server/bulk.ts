import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { answerKey, freezeQuiz } from '#slices/content/public.server.ts';
import type { KeyedQuestion, Purpose } from '#slices/content/public.ts';
import type { Tx } from '#platform/db/db.ts';
import { LEARNING } from '../model.ts';
import { answerProblem, markOf, percentOf } from '../scoring.ts';

/** A quiz that was handed in: what was ticked, by question; what is left out was left open. */
export type BulkAttempt = {
	classId: string;
	quizId: string;
	personId: string;
	startedAt: Date;
	finishedAt: Date;
	answers: readonly { questionId: string; choiceIds: readonly string[] }[];
};

const BATCH = 2000;

/**
 * Whole years of finished attempts at once, for set-up: marked by the same rule, quizzes frozen, one statement a table
 * and batch. Nothing is recorded as an event. Refuses: somebody without a seat in the class, a quiz of another
 * curriculum, an answer that the question does not offer, a test taken twice (the database's own index).
 */
export async function attemptsInBulk(tx: Tx, agencyId: string, rows: readonly BulkAttempt[]) {
	const quizzes = new Map<string, { purpose: Purpose; key: KeyedQuestion[] }>();
	for (const quizId of new Set(rows.map((row) => row.quizId))) {
		const first = Math.min(
			...rows.filter((row) => row.quizId === quizId).map(({ startedAt }) => startedAt.getTime())
		);
		const { purpose } = await freezeQuiz(tx, agencyId, quizId, new Date(first));
		quizzes.set(quizId, { purpose, key: await answerKey(tx, agencyId, quizId) });
	}
	await refuseStrangers(tx, agencyId, rows);
	const attempts = rows.map((row) => {
		const quiz = quizzes.get(row.quizId);
		if (!quiz || quiz.key.length === 0) throw refused('learning.quiz.notReady');
		for (const { questionId, choiceIds } of row.answers) {
			const question = quiz.key.find(({ id }) => id === questionId);
			if (!question || answerProblem(question, choiceIds) !== null)
				throw refused('learning.answer.unknownChoice');
		}
		const mark = markOf(
			quiz.key,
			new Map(row.answers.map(({ questionId, choiceIds }) => [questionId, choiceIds]))
		);
		return { ...row, id: newId(row.startedAt.getTime()), purpose: quiz.purpose, ...mark };
	});
	for (let at = 0; at < attempts.length; at += BATCH)
		await write(tx, agencyId, attempts.slice(at, at + BATCH));
	return attempts.map(({ id, classId, personId, purpose, score, maxScore }) => ({
		attemptId: id,
		classId,
		personId,
		purpose,
		percent: percentOf({ score, maxScore })
	}));
}

type Marked = BulkAttempt & { id: string; purpose: Purpose; score: number; maxScore: number };

async function write(tx: Tx, agencyId: string, attempts: readonly Marked[]): Promise<void> {
	await sql`
		insert into learning.attempt (agency_id, id, quiz_id, class_id, person_id, purpose, started_at, finished_at, score, max_score)
		select ${agencyId}::uuid, x.id, x."quizId", x."classId", x."personId", x.purpose, x."startedAt", x."finishedAt", x.score, x."maxScore"
		from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as x(id uuid, "quizId" uuid, "classId" uuid, "personId" uuid,
			purpose text, "startedAt" timestamptz, "finishedAt" timestamptz, score numeric, "maxScore" numeric)`.execute(
		tx
	);
	const answers = attempts.flatMap(({ id, finishedAt, answers: given }) =>
		given.map(({ questionId, choiceIds }) => ({
			id,
			questionId,
			at: finishedAt,
			choices: `{${choiceIds.join(',')}}`
		}))
	);
	if (answers.length === 0) return;
	await sql`
		insert into learning.answer (agency_id, attempt_id, question_id, choice_ids, answered_at, saved_at)
		select ${agencyId}::uuid, x.id, x."questionId", x.choices::uuid[], x.at, x.at
		from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as x(id uuid, "questionId" uuid, choices text, at timestamptz)`.execute(
		tx
	);
}

async function refuseStrangers(tx: Tx, agencyId: string, rows: readonly BulkAttempt[]): Promise<void> {
	const strange = await sql<{ count: number }>`
		select count(*) as count
		from jsonb_to_recordset(${JSON.stringify(rows.map(({ classId, quizId, personId }) => ({ classId, quizId, personId })))}::jsonb)
			as x("classId" uuid, "quizId" uuid, "personId" uuid)
		where not exists (
			select from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
			join content.quiz q on q.agency_id = c.agency_id and q.id = x."quizId" and q.version_id = c.version_id
			where r.agency_id = ${agencyId} and r.class_id = x."classId" and r.person_id = x."personId"
				and r.status = any(${LEARNING}::text[]))`.execute(tx);
	const count = strange.rows[0]?.count ?? 0;
	if (count > 0) throw refused('learning.bulk.strangers', { count });
}

export type BulkRead = {
	classId: string;
	lessonId: string;
	personId: string;
	openedAt: Date;
	finishedAt: Date;
};

/** Lessons that were read, one statement; those marked already stay as they are. */
export async function readsInBulk(tx: Tx, agencyId: string, rows: readonly BulkRead[]): Promise<void> {
	for (let at = 0; at < rows.length; at += BATCH * 5)
		await sql`
			insert into learning.lesson_view (agency_id, class_id, lesson_id, person_id, opened_at, finished_at)
			select ${agencyId}::uuid, x."classId", x."lessonId", x."personId", x."openedAt", x."finishedAt"
			from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + BATCH * 5))}::jsonb) as x("classId" uuid, "lessonId" uuid,
				"personId" uuid, "openedAt" timestamptz, "finishedAt" timestamptz)
			on conflict do nothing`.execute(tx);
}
