import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import {
	askedQuestions,
	lessonsOf,
	lessonText,
	questionsWithKey,
	quizzesOf
} from '#slices/content/public.server.ts';
import { lessonBlocks, purposeOf } from '#slices/content/public.ts';
import { canAnswer, canLearn } from '../access.ts';
import { LEARNING, TAUGHT, type LessonState } from '../model.ts';
import { nextStep, posttestFrom, revealsKey, startProblem } from '../rules.ts';
import { isRight, isPassed, percentOf } from '../scoring.ts';
import { attemptsIn, seatOf } from './seat.ts';

/** Classes whose material is open to the actor, latest first, with how much of it is read and what was begun. */
export async function myClasses(db: Db, actor: Actor) {
	if (actor.personId === null) return [];
	const rows = await sql<{
		id: string;
		name: string;
		startsOn: string;
		endsOn: string;
		lessons: number;
		read: number;
		openAttempt: string | null;
	}>`
		select c.id, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn", l.lessons, l.read,
			(select t.id from learning.attempt t where t.agency_id = r.agency_id and t.person_id = r.person_id
				and t.class_id = c.id and t.finished_at is null order by t.started_at limit 1) as "openAttempt"
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status = any(${TAUGHT}::text[])
		cross join lateral (
			select count(*) as lessons, count(w.finished_at) as read
			from programs.module m
			join content.lesson n on n.agency_id = m.agency_id and n.module_id = m.id
			left join learning.lesson_view w on w.agency_id = n.agency_id and w.class_id = c.id and w.person_id = r.person_id
				and w.lesson_id = n.id
			where m.agency_id = c.agency_id and m.version_id = c.version_id
		) l
		where r.agency_id = ${actor.agencyId} and r.person_id = ${actor.personId} and r.status = any(${LEARNING}::text[])
		order by c.starts_on desc, c.id limit 100`.execute(db);
	return rows.rows;
}

/** The actor's seat in a class whose material is open to them; 404 for everybody else. */
async function mySeat(db: Db, actor: Actor, classId: string) {
	const seat = await seatOf(db, actor.agencyId, classId, actor.personId);
	if (!canLearn(actor, seat) || seat === undefined) throw missing();
	return { ...seat, status: seat.classStatus };
}

async function myAttempts(db: Db, actor: Actor, classId: string, personId: string) {
	const attempts = await attemptsIn(db, actor.agencyId, classId, personId);
	return attempts.map((attempt) => ({ ...attempt, purpose: purposeOf(attempt.purpose) }));
}

/** A class as its learner sees it: the next thing to do, lessons by module, tests and practice with their results. */
export async function classMaterial(db: Db, actor: Actor, classId: string, today: string) {
	const seat = await mySeat(db, actor, classId);
	const lessons = await myLessons(db, actor, seat);
	const attempts = await myAttempts(db, actor, classId, seat.personId);
	const quizzes = (await quizzesOf(db, actor.agencyId, seat.versionId)).filter(
		// One that was replaced, or has no questions, is there only for who had begun it.
		(quiz) =>
			(quiz.retiredAt === null && quiz.questions > 0) || attempts.some(({ quizId }) => quizId === quiz.id)
	);
	return {
		class: { id: seat.id, name: seat.name, startsOn: seat.startsOn, endsOn: seat.endsOn },
		next: nextStep(seat, lessons, quizzes, attempts, today),
		lessons,
		quizzes: quizzes.map((quiz) => {
			const own = attempts.filter(({ quizId }) => quizId === quiz.id);
			const last = own.findLast(({ finishedAt }) => finishedAt !== null);
			return {
				id: quiz.id,
				purpose: quiz.purpose,
				title: quiz.title,
				questions: quiz.questions,
				openAttempt: own.find(({ finishedAt }) => finishedAt === null)?.id ?? null,
				result: last?.maxScore ? { attemptId: last.id, ...resultOf(last, quiz.passPercent) } : null,
				problem: startProblem(quiz, seat, attempts, today),
				from: posttestFrom(seat)
			};
		})
	};
}

type Finished = { score: number | null; maxScore: number | null };

function resultOf({ score, maxScore }: Finished, passPercent: number) {
	const mark = { score: score ?? 0, maxScore: maxScore ?? 0 };
	return { ...mark, percent: percentOf(mark), passPercent, passed: isPassed(mark, passPercent) };
}

async function myLessons(
	db: Db,
	actor: Actor,
	seat: { id: string; personId: string; versionId: string }
): Promise<LessonState[]> {
	const lessons = await lessonsOf(db, actor.agencyId, seat.versionId);
	const views = await db
		.selectFrom('learning.lesson_view')
		.select(['lesson_id as lessonId', 'finished_at as finishedAt'])
		.where('agency_id', '=', actor.agencyId)
		.where('class_id', '=', seat.id)
		.where('person_id', '=', seat.personId)
		.execute();
	const read = new Map(views.map(({ lessonId, finishedAt }) => [lessonId, finishedAt]));
	return lessons.map((lesson) => ({ ...lesson, finishedAt: read.get(lesson.id) ?? null }));
}

/** A lesson to read, with the one after it. */
export async function lessonPage(db: Db, actor: Actor, classId: string, lessonId: string) {
	const seat = await mySeat(db, actor, classId);
	const lesson = await lessonText(db, actor.agencyId, lessonId);
	if (!lesson || lesson.versionId !== seat.versionId) throw missing();
	const lessons = await myLessons(db, actor, seat);
	const at = lessons.findIndex(({ id }) => id === lessonId);
	const { title, minutes, moduleName, pictureId, pictureAlt } = lesson;
	return {
		class: { id: seat.id, name: seat.name },
		lesson: {
			id: lesson.id,
			title,
			minutes,
			moduleName,
			pictureId,
			pictureAlt,
			blocks: lessonBlocks(lesson.body)
		},
		number: at + 1,
		of: lessons.length,
		finished: lessons[at]?.finishedAt !== null,
		next: lessons[at + 1] ?? null
	};
}

/** A quiz before it is begun: what it is, what counts, and why it can't be begun when it can't. */
export async function quizPage(db: Db, actor: Actor, classId: string, quizId: string, today: string) {
	const { class: ofClass, quizzes } = await classMaterial(db, actor, classId, today);
	const quiz = quizzes.find(({ id }) => id === quizId);
	if (!quiz) throw missing();
	return { class: ofClass, quiz };
}

/**
 * An attempt of one's own: while open, the questions as they are asked with what was ticked so far; once handed in, the
 * result, and which choices were right when the rules allow it.
 */
export async function attemptPage(db: Db, actor: Actor, attemptId: string, today: string) {
	const attempt = await db
		.selectFrom('learning.attempt as t')
		.innerJoin('content.quiz as q', (join) =>
			join.onRef('q.agency_id', '=', 't.agency_id').onRef('q.id', '=', 't.quiz_id')
		)
		.innerJoin('classes.class as c', (join) =>
			join.onRef('c.agency_id', '=', 't.agency_id').onRef('c.id', '=', 't.class_id')
		)
		.select([
			't.id',
			't.quiz_id as quizId',
			't.class_id as classId',
			't.person_id as personId',
			't.purpose',
			't.finished_at as finishedAt',
			't.score',
			't.max_score as maxScore',
			'q.title',
			'q.pass_percent as passPercent',
			'c.name as className',
			'c.ends_on as endsOn'
		])
		.where('t.agency_id', '=', actor.agencyId)
		.where('t.id', '=', attemptId)
		.executeTakeFirst();
	if (!attempt || !canAnswer(actor, attempt)) throw missing();
	const answers = await db
		.selectFrom('learning.answer')
		.select(['question_id as questionId', 'choice_ids as choiceIds'])
		.where('agency_id', '=', actor.agencyId)
		.where('attempt_id', '=', attemptId)
		.execute();
	const head = {
		id: attempt.id,
		title: attempt.title,
		classId: attempt.classId,
		className: attempt.className
	};
	const ticked = Object.fromEntries(answers.map(({ questionId, choiceIds }) => [questionId, choiceIds]));
	if (attempt.finishedAt === null)
		return {
			state: 'open' as const,
			...head,
			ticked,
			questions: await askedQuestions(db, actor.agencyId, attempt.quizId)
		};

	const purpose = purposeOf(attempt.purpose);
	const attempts = await myAttempts(db, actor, attempt.classId, attempt.personId);
	const revealed = revealsKey(purpose, attempt, attempts, today);
	const questions = revealed ? await questionsWithKey(db, actor.agencyId, attempt.quizId) : [];
	return {
		state: 'finished' as const,
		...head,
		purpose,
		result: resultOf(attempt, attempt.passPercent),
		review: questions.map((question) => ({
			...question,
			ticked: ticked[question.id] ?? [],
			right: isRight(
				{ correctIds: question.choices.filter(({ correct }) => correct).map(({ id }) => id) },
				ticked[question.id]
			)
		}))
	};
}
