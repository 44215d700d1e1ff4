import {
	attemptsInBulk,
	readsInBulk,
	type BulkAttempt,
	type BulkRead
} from '#slices/learning/server/bulk.ts';
import { normal, type Random } from '../random.ts';
import type { HeldClass } from './attendance.ts';
import { randomOf, read, write, type City, type Staff, type World } from './world.ts';

/**
 * What tests before and after look like, in log-odds of a right answer: where people start, how much they differ, how
 * hard questions are, and what a class adds. The planted gain; see demo/README.md.
 */
export const LEARNING_MODEL = {
	before: 0.1,
	people: 0.6,
	questions: 0.7,
	gain: 1.15,
	gainSpread: 0.45
} as const;

type Question = { id: string; choices: { id: string; correct: boolean }[] };
type Quiz = { id: string; questions: readonly Question[] };
type Quizzes = ReadonlyMap<string, Quiz>;

/** Tests before and after every class that has them, and lessons read on the way. */
export async function learn(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const quizzes = await quizzesOf(world, city);
	const lessons = await lessonsOf(world, city);
	const attempts: BulkAttempt[] = [];
	const reads: BulkRead[] = [];
	for (const one of classes) {
		const { stage } = one.planned;
		if (!['certified', 'finished', 'held', 'running'].includes(stage)) continue;
		const before = quizzes.get(`${one.program.versionId}/pretest`);
		const after = quizzes.get(`${one.program.versionId}/posttest`);
		if (!before || !after) continue;
		const attended = stage === 'held' || stage === 'running' ? one.people : one.passed;
		for (const person of one.people) {
			const random = randomOf(world, city, 'learning', one.index, person.nip);
			if (isUnfinished(city, one, person)) continue;
			const ability = LEARNING_MODEL.before + normal(random) * LEARNING_MODEL.people;
			const gain = LEARNING_MODEL.gain + normal(random) * LEARNING_MODEL.gainSpread;
			// Somebody always comes too late for the one, or has to leave before the other.
			if (!random.chance(0.04))
				attempts.push(attempt(world, city, one, person, before, ability, random, 'before'));
			if (!attended.includes(person) || stage === 'running') continue;
			reads.push(...readings(world, one, person, lessons, random));
			if (!random.chance(0.06))
				attempts.push(attempt(world, city, one, person, after, ability + gain, random, 'after'));
		}
	}
	await write(world, city, async (tx) => {
		await attemptsInBulk(tx, city.agencyId, attempts);
		await readsInBulk(tx, city.agencyId, reads);
	});
}

/** The clerk whose account is printed has begun this one and was called away; see desks.ts. */
export const isUnfinished = (city: City, one: HeldClass, person: Staff): boolean =>
	one.planned.stage === 'running' && person.nip === city.personas.employee.nip;

function attempt(
	world: World,
	city: City,
	one: HeldClass,
	person: Staff,
	quiz: Quiz,
	ability: number,
	random: Random,
	when: 'before' | 'after'
): BulkAttempt {
	const { clock } = world;
	const first = one.sessions[0];
	const last = one.sessions.at(-1);
	const start =
		when === 'before'
			? new Date(clock.at(one.startsOn, first?.from ?? '08:00').getTime() - random.int(5, 40) * 60_000)
			: new Date(clock.at(one.endsOn, last?.to ?? '16:00').getTime() + random.int(1, 30) * 60_000);
	return {
		classId: one.classId,
		quizId: quiz.id,
		personId: person.id,
		startedAt: start,
		finishedAt: new Date(start.getTime() + random.int(6, 19) * 60_000),
		answers: quiz.questions.map((question, at) => {
			const hard = normal(randomOf(world, city, 'question', one.code, at)) * LEARNING_MODEL.questions;
			const right = random.chance(1 / (1 + Math.exp(-(ability - hard))));
			return { questionId: question.id, choiceIds: ticked(question, right, random) };
		})
	};
}

/** Right: exactly the right ones. Wrong: one of the others, or one of the right ones left out. */
export function ticked(question: Question, right: boolean, random: Random): string[] {
	const correct = question.choices.filter((choice) => choice.correct).map(({ id }) => id);
	if (right) return correct;
	const wrong = question.choices.filter((choice) => !choice.correct).map(({ id }) => id);
	return correct.length > 1 && random.chance(0.5) ? correct.slice(1) : [random.pick(wrong)];
}

function readings(
	world: World,
	one: HeldClass,
	person: Staff,
	lessons: ReadonlyMap<string, readonly string[]>,
	random: Random
): BulkRead[] {
	const keen = 0.5 + random.next() / 2;
	return (lessons.get(one.program.versionId) ?? []).flatMap((lessonId, index) => {
		if (!random.chance(keen)) return [];
		const openedAt = new Date(
			world.clock.at(one.startsOn, '19:30').getTime() + index * random.int(15, 60) * 60_000
		);
		const finishedAt = new Date(openedAt.getTime() + random.int(5, 20) * 60_000);
		return [{ classId: one.classId, lessonId, personId: person.id, openedAt, finishedAt }];
	});
}

export async function quizzesOf(world: World, city: City): Promise<Quizzes> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('content.quiz as q')
			.innerJoin('content.question as n', (join) =>
				join.onRef('n.agency_id', '=', 'q.agency_id').onRef('n.quiz_id', '=', 'q.id')
			)
			.innerJoin('content.choice as c', (join) =>
				join.onRef('c.agency_id', '=', 'n.agency_id').onRef('c.question_id', '=', 'n.id')
			)
			.select([
				'q.id as quizId',
				'q.version_id as versionId',
				'q.purpose',
				'n.id as questionId',
				'c.id',
				'c.correct'
			])
			.where('q.agency_id', '=', city.agencyId)
			.orderBy('n.sort')
			.orderBy('c.sort')
			.execute()
	);
	const quizzes = new Map<string, { id: string; questions: Question[] }>();
	for (const { quizId, versionId, purpose, questionId, id, correct } of rows) {
		const key = `${versionId}/${purpose}`;
		const quiz = quizzes.get(key) ?? { id: quizId, questions: [] };
		quizzes.set(key, quiz);
		const last = quiz.questions.at(-1);
		if (last?.id === questionId) last.choices.push({ id, correct });
		else quiz.questions.push({ id: questionId, choices: [{ id, correct }] });
	}
	return quizzes;
}

async function lessonsOf(world: World, city: City): Promise<ReadonlyMap<string, readonly string[]>> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('content.lesson as l')
			.innerJoin('programs.module as m', (join) =>
				join.onRef('m.agency_id', '=', 'l.agency_id').onRef('m.id', '=', 'l.module_id')
			)
			.select(['l.id', 'm.version_id as versionId'])
			.where('l.agency_id', '=', city.agencyId)
			.orderBy('m.sort')
			.orderBy('l.sort')
			.execute()
	);
	const lessons = new Map<string, string[]>();
	for (const { id, versionId } of rows) lessons.set(versionId, [...(lessons.get(versionId) ?? []), id]);
	return lessons;
}
