import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { createQuiz, questionsWithKey, saveLesson, saveQuestion } from '#slices/content/public.server.ts';
import type { Purpose, Question } from '#slices/content/public.ts';
import { finishQuiz, saveAnswer, startQuiz } from '#slices/learning/server/commands/quizzes.ts';
import type { town } from './town.ts';

type Town = Awaited<ReturnType<typeof town>>;

/** A day in the middle of the course, and its last. */
export const DURING = new Date('2026-03-10T02:00:00Z');
export const LAST_DAY = new Date('2026-03-11T02:00:00Z');

/**
 * A class from 9 to 11 March 2026 that runs, with Ani enrolled and Budi waiting; its curriculum has one lesson and three
 * quizzes of two questions, the second with two right choices. `author` may edit content.
 */
export async function course(it: Town, author: Actor) {
	const [versionId, moduleId, classId] = [newId(), newId(), newId()];
	await it.owner.query(
		`insert into programs.version (agency_id, id, program_id, number, status, created_by, created_at)
		select $1, $2, $3, max(number) + 1, 'retired', 'uji', now() from programs.version where agency_id = $1 and program_id = $3`,
		[it.agencyId, versionId, it.need.programId]
	);
	// A version that is not the one in force, so that each course has its own; its module comes past the frozen wall.
	await it.owner.query('alter table programs.module disable trigger module_frozen');
	await it.owner.query(
		`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode) values ($1, $2, $3, 1, 'Standar', 20, 'class')`,
		[it.agencyId, moduleId, versionId]
	);
	await it.owner.query('alter table programs.module enable trigger module_frozen');
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan', $4, 'KL03', 'class', 'running', 30, '2026-03-09', '2026-03-11', 'uji', now())`,
		[it.agencyId, classId, classId.slice(-12), versionId]
	);
	for (const [name, status] of [
		['ani', 'enrolled'],
		['budi', 'waiting']
	] as const)
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at, waiting_since) values ($1, $2, $3, $4, $5, now(), now())`,
			[it.agencyId, newId(), classId, it.who(name), status]
		);
	const lesson = { moduleId, title: 'Antrean', body: '# Mulai\n\nSapa **warga**.', minutes: 5 };
	const { lessonId } = await it.does(author, saveLesson, lesson);
	const quizId: Record<Purpose, string> = {
		pretest: await quizOf(it, author, versionId, 'pretest'),
		posttest: await quizOf(it, author, versionId, 'posttest'),
		practice: await quizOf(it, author, versionId, 'practice')
	};

	const keyOf = (quiz: string) => it.sees((db) => questionsWithKey(db, it.agencyId, quiz));
	const begin = (actor: Actor, purpose: Purpose, now = DURING) =>
		it.does(actor, startQuiz, { classId, quizId: quizId[purpose] }, { now });
	return {
		versionId,
		moduleId,
		classId,
		lessonId,
		quizId,
		keyOf,
		begin,
		/** The two questions of a quiz, one with a single right choice, one with two. */
		questions: async (purpose: Purpose): Promise<readonly [Question, Question]> => {
			const [single, multiple] = await keyOf(quizId[purpose]);
			if (!single || !multiple) throw new Error('the quiz has lost its questions');
			return [single, multiple];
		},
		/** Begins a quiz, answers all of it rightly, hands it in. */
		takeAll: async (actor: Actor, purpose: Purpose, now = DURING): Promise<string> => {
			const { attemptId } = await begin(actor, purpose, now);
			for (const question of await keyOf(quizId[purpose]))
				await it.does(
					actor,
					saveAnswer,
					{ attemptId, questionId: question.id, choiceIds: rightOf(question) },
					{ now }
				);
			await it.does(actor, finishQuiz, { attemptId }, { now });
			return attemptId;
		}
	};
}

/** The right choices of a question. */
export const rightOf = (question: Question): string[] =>
	question.choices.filter((choice) => choice.correct).map(({ id }) => id);

async function quizOf(it: Town, author: Actor, versionId: string, purpose: Purpose): Promise<string> {
	const { quizId } = await it.does(author, createQuiz, {
		versionId,
		purpose,
		title: purpose,
		passPercent: 70
	});
	const question = { quizId, explanation: 'Lihat nomor.' };
	await it.does(author, saveQuestion, {
		...question,
		revision: 1,
		stem: 'Siapa dilayani dulu?',
		kind: 'single',
		choices: [{ wording: 'Urutan', correct: true }, { wording: 'Kenalan' }]
	});
	await it.does(author, saveQuestion, {
		...question,
		revision: 2,
		stem: 'Yang dicatat?',
		kind: 'multiple',
		choices: [
			{ wording: 'Jam datang', correct: true },
			{ wording: 'Jam selesai', correct: true },
			{ wording: 'Agama' }
		]
	});
	return quizId;
}
