import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { kindOf, purposeOf, type AskedQuestion, type KeyedQuestion } from './model.ts';
import { questionsWithKey } from './server/queries.ts';

export { carryOver } from './server/commands/carry-over.ts';
export { saveLesson } from './server/commands/lessons.ts';
export { saveQuestion } from './server/commands/questions.ts';
export { createQuiz } from './server/commands/quizzes.ts';
export { canRead as canReadMaterial } from './access.ts';
export { questionsWithKey };

/** Lessons of a version in the order they are read, each with its module; no texts. */
export async function lessonsOf(db: Db, agencyId: string, versionId: string) {
	return db
		.selectFrom('programs.module as m')
		.innerJoin('content.lesson as l', (join) =>
			join.onRef('l.agency_id', '=', 'm.agency_id').onRef('l.module_id', '=', 'm.id')
		)
		.select(['l.id', 'l.title', 'l.minutes', 'm.id as moduleId', 'm.name as moduleName'])
		.where('m.agency_id', '=', agencyId)
		.where('m.version_id', '=', versionId)
		.orderBy('m.sort')
		.orderBy('l.sort')
		.execute();
}

/** A lesson's text with the version it belongs to; undefined when there is none. */
export async function lessonText(db: Db, agencyId: string, lessonId: string) {
	return db
		.selectFrom('content.lesson as l')
		.innerJoin('programs.module as m', (join) =>
			join.onRef('m.agency_id', '=', 'l.agency_id').onRef('m.id', '=', 'l.module_id')
		)
		.select([
			'l.id',
			'l.title',
			'l.body',
			'l.minutes',
			'l.picture_id as pictureId',
			'l.picture_alt as pictureAlt',
			'm.name as moduleName',
			'm.version_id as versionId'
		])
		.where('l.agency_id', '=', agencyId)
		.where('l.id', '=', lessonId)
		.executeTakeFirst();
}

/** Quizzes of a version, with how many questions; replaced ones too, for those who had begun them. */
export async function quizzesOf(db: Db, agencyId: string, versionId: string) {
	const rows = await sql<{
		id: string;
		purpose: string;
		title: string;
		passPercent: number;
		retiredAt: Date | null;
		questions: number;
	}>`
		select q.id, q.purpose, q.title, q.pass_percent as "passPercent", q.retired_at as "retiredAt",
			(select count(*) from content.question n where n.agency_id = q.agency_id and n.quiz_id = q.id) as questions
		from content.quiz q where q.agency_id = ${agencyId} and q.version_id = ${versionId}
		order by array_position(array['pretest', 'practice', 'posttest'], q.purpose), q.title`.execute(db);
	return rows.rows.map((row) => ({ ...row, purpose: purposeOf(row.purpose) }));
}

/** Questions as they are asked: the columns that say what is right are not even read. */
export async function askedQuestions(db: Db, agencyId: string, quizId: string): Promise<AskedQuestion[]> {
	const rows = await sql<{
		id: string;
		kind: string;
		stem: string;
		choices: { id: string; wording: string }[];
	}>`
		select n.id, n.kind, n.stem,
			(select jsonb_agg(jsonb_build_object('id', c.id, 'wording', c.wording) order by c.sort)
				from content.choice c where c.agency_id = n.agency_id and c.question_id = n.id) as choices
		from content.question n where n.agency_id = ${agencyId} and n.quiz_id = ${quizId}
		order by n.sort`.execute(db);
	return rows.rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

/** What marking needs, in the questions' order. Stays on the server. */
export async function answerKey(db: Db, agencyId: string, quizId: string): Promise<KeyedQuestion[]> {
	return (await questionsWithKey(db, agencyId, quizId)).map(({ id, kind, choices }) => ({
		id,
		kind,
		choiceIds: choices.map((choice) => choice.id),
		correctIds: choices.filter(({ correct }) => correct).map((choice) => choice.id)
	}));
}

/**
 * A quiz is about to be taken: from now on its questions never change. Waits for an author who is saving; 404 when it is
 * not of this agency.
 */
export async function freezeQuiz(tx: Tx, agencyId: string, quizId: string, now: Date) {
	await tx
		.updateTable('content.quiz')
		.set({ used_at: now })
		.where('agency_id', '=', agencyId)
		.where('id', '=', quizId)
		.where('used_at', 'is', null)
		.execute();
	const quiz = await tx
		.selectFrom('content.quiz')
		.select([
			'id',
			'version_id as versionId',
			'purpose',
			'title',
			'pass_percent as passPercent',
			'retired_at as retiredAt'
		])
		.where('agency_id', '=', agencyId)
		.where('id', '=', quizId)
		.executeTakeFirst();
	if (!quiz) throw missing();
	const counted = await sql<{ questions: number }>`
		select count(*) as questions from content.question where agency_id = ${agencyId} and quiz_id = ${quizId}`.execute(
		tx
	);
	return { ...quiz, purpose: purposeOf(quiz.purpose), questions: counted.rows[0]?.questions ?? 0 };
}

/** Curriculum versions in which a picture is shown: whoever may read one of them may see it. */
export async function versionsShowing(db: Db, agencyId: string, fileId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('content.lesson as l')
		.innerJoin('programs.module as m', (join) =>
			join.onRef('m.agency_id', '=', 'l.agency_id').onRef('m.id', '=', 'l.module_id')
		)
		.select('m.version_id as versionId')
		.distinct()
		.where('l.agency_id', '=', agencyId)
		.where('l.picture_id', '=', fileId)
		.execute();
	return rows.map(({ versionId }) => versionId);
}
