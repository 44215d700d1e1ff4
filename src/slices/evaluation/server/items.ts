import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { itemAnalysis, type ItemAnalysis, type ItemResult } from '#kernel/statistics/itemAnalysis.ts';
import type { Db } from '#platform/db/db.ts';
import { purposeOf, type Purpose } from '#slices/content/public.ts';
import { questionsWithKey } from '#slices/content/public.server.ts';
import { canReadItems, canReadResults, canTieItems } from '../access.ts';
import { masteryOf, type Mastery, type Outcome } from '../mastery.ts';
import { answersOf, testItems } from './item-answers.ts';
import { teachesClass } from './results.ts';

export type AnalysedItem = ItemResult & {
	id: string;
	/** Its place in the test, from 1. */
	number: number;
	stem: string;
	wordings: string[];
	outcomeId: string | null;
};

export type ItemSheet = {
	quiz: {
		id: string;
		title: string;
		purpose: Purpose;
		passPercent: number;
		versionId: string;
		programName: string;
		number: number;
	};
	test: Omit<ItemAnalysis, 'items'>;
	items: AnalysedItem[];
	mastery: Mastery[];
	can: { tie: boolean; edit: boolean };
};

/** Item analysis of a quiz over all classes that took it, for whoever reads evaluations or writes material; else 404. */
export async function quizItems(db: Db, actor: Actor, quizId: string): Promise<ItemSheet> {
	if (!canReadItems(actor)) throw missing();
	return sheetOf(db, actor, quizId, null);
}

export type TakenQuiz = { id: string; title: string; purpose: Purpose; people: number };

/** The same of one class, for whoever reads evaluations or teaches it; with the other quizzes that were taken there. */
export async function classItems(db: Db, actor: Actor, classId: string, quizId: string) {
	const { rows } = await sql<{ id: string; code: string; name: string; teaches: boolean }>`
		select c.id, c.code, c.name, ${teachesClass(actor)} as teaches
		from classes.class c where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const row = rows[0];
	if (row === undefined || !canReadResults(actor, row)) throw missing();
	const quizzes = await quizzesTaken(db, classId);
	if (!quizzes.some(({ id }) => id === quizId)) throw missing();
	return {
		class: { id: row.id, code: row.code, name: row.name },
		quizzes,
		sheet: await sheetOf(db, actor, quizId, classId)
	};
}

/** Quizzes that somebody of the class handed in, with how many. */
export async function quizzesTaken(db: Db, classId: string): Promise<TakenQuiz[]> {
	const { rows } = await sql<Omit<TakenQuiz, 'purpose'> & { purpose: string }>`
		select q.id, q.title, q.purpose, count(distinct t.person_id)::int as people
		from learning.attempt t
		join content.quiz q on q.agency_id = t.agency_id and q.id = t.quiz_id
		where t.agency_id = platform.current_agency() and t.class_id = ${classId} and t.finished_at is not null
		group by q.id, q.title, q.purpose
		order by array_position(array['pretest', 'practice', 'posttest'], q.purpose), q.title`.execute(db);
	return rows.map((row) => ({ ...row, purpose: purposeOf(row.purpose) }));
}

async function sheetOf(db: Db, actor: Actor, quizId: string, classId: string | null): Promise<ItemSheet> {
	const { rows } = await sql<Omit<ItemSheet['quiz'], 'purpose'> & { purpose: string }>`
		select q.id, q.title, q.purpose, q.pass_percent as "passPercent", v.id as "versionId", p.name as "programName", v.number
		from content.quiz q
		join programs.version v on v.agency_id = q.agency_id and v.id = q.version_id
		join programs.program p on p.agency_id = v.agency_id and p.id = v.program_id
		where q.agency_id = platform.current_agency() and q.id = ${quizId}`.execute(db);
	const quiz = rows[0];
	if (quiz === undefined) throw missing();
	const questions = await questionsWithKey(db, actor.agencyId, quizId);
	const tied = await outcomesOfItems(db, quizId);
	const items = testItems(questions, await answersOf(db, quizId, classId));
	const { items: results, ...test } = itemAnalysis(items);
	return {
		quiz: { ...quiz, purpose: purposeOf(quiz.purpose) },
		test,
		items: results.flatMap((result, at): AnalysedItem[] => {
			const question = questions[at];
			if (question === undefined) return [];
			const wordings = question.choices.map(({ wording }) => wording);
			const { id, stem } = question;
			return [{ ...result, id, number: at + 1, stem, wordings, outcomeId: tied.get(id) ?? null }];
		}),
		mastery: masteryOf(
			await outcomesOf(db, quiz.versionId),
			items.map((item, at) => ({ ...item, outcomeId: tied.get(questions[at]?.id ?? '') ?? null })),
			quiz.passPercent
		),
		can: { tie: canTieItems(actor), edit: canTieItems(actor) }
	};
}

async function outcomesOf(db: Db, versionId: string): Promise<Outcome[]> {
	const { rows } = await sql<Outcome>`
		select o.id, o.statement, k.name as competency
		from programs.outcome o
		join competencies.competency k on k.agency_id = o.agency_id and k.id = o.competency_id
		where o.agency_id = platform.current_agency() and o.version_id = ${versionId}
		order by o.sort`.execute(db);
	return rows;
}

async function outcomesOfItems(db: Db, quizId: string): Promise<Map<string, string>> {
	const { rows } = await sql<{ questionId: string; outcomeId: string }>`
		select i.question_id as "questionId", i.outcome_id as "outcomeId"
		from evaluation.item_outcome i
		join content.question n on n.agency_id = i.agency_id and n.id = i.question_id
		where i.agency_id = platform.current_agency() and n.quiz_id = ${quizId}`.execute(db);
	return new Map(rows.map(({ questionId, outcomeId }) => [questionId, outcomeId]));
}
