import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Purpose } from '../model.ts';

type Copied = { id: string; purpose: Purpose; title: string; passPercent: number };

/** Copies of quizzes with their questions and choices into a version, open to change; their ids, in the same order. */
export async function copyQuizzes(
	tx: Tx,
	agencyId: string,
	quizzes: readonly Copied[],
	versionId: string
): Promise<string[]> {
	if (quizzes.length === 0) return [];
	const quizIds = new Map(quizzes.map(({ id }) => [id, newId()]));
	const questions = await tx
		.selectFrom('content.question')
		.selectAll()
		.where('agency_id', '=', agencyId)
		.where('quiz_id', 'in', [...quizIds.keys()])
		.execute();
	const questionIds = new Map(questions.map(({ id }) => [id, newId()]));
	const copies = quizzes.map(({ id, purpose, title, passPercent }) => ({
		agency_id: agencyId,
		id: quizIds.get(id) ?? newId(),
		version_id: versionId,
		purpose,
		title,
		pass_percent: passPercent,
		based_on: id
	}));
	await tx.insertInto('content.quiz').values(copies).execute();
	if (questions.length === 0) return copies.map(({ id }) => id);
	const choices = await tx
		.selectFrom('content.choice')
		.selectAll()
		.where('agency_id', '=', agencyId)
		.where('question_id', 'in', [...questionIds.keys()])
		.execute();
	await tx
		.insertInto('content.question')
		.values(
			questions.map((question) => ({
				...question,
				id: questionIds.get(question.id) ?? newId(),
				quiz_id: quizIds.get(question.quiz_id) ?? question.quiz_id
			}))
		)
		.execute();
	await tx
		.insertInto('content.choice')
		.values(
			choices.map((choice) => ({
				...choice,
				id: newId(),
				question_id: questionIds.get(choice.question_id) ?? choice.question_id
			}))
		)
		.execute();
	return copies.map(({ id }) => id);
}

/** Copies the lessons of each pair of modules from the first into the second; how many. */
export async function copyLessons(
	tx: Tx,
	agencyId: string,
	pairs: readonly { from: string; to: string }[],
	by: { now: Date; accountId: string }
): Promise<number> {
	const into = new Map(pairs.map(({ from, to }) => [from, to]));
	if (into.size === 0) return 0;
	const lessons = await tx
		.selectFrom('content.lesson')
		.selectAll()
		.where('agency_id', '=', agencyId)
		.where('module_id', 'in', [...into.keys()])
		.execute();
	if (lessons.length === 0) return 0;
	await tx
		.insertInto('content.lesson')
		.values(
			lessons.map((lesson) => ({
				...lesson,
				id: newId(),
				module_id: into.get(lesson.module_id) ?? lesson.module_id,
				based_on: lesson.id,
				changed_at: by.now,
				changed_by: by.accountId
			}))
		)
		.execute();
	return lessons.length;
}
