import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { versionFacts } from '#slices/programs/public.server.ts';
import { canEdit, canRead } from '../access.ts';
import { kindOf, purposeOf } from '../model.ts';
import { isFrozen } from '../rules.ts';

/** Curricula that need or have material: in force or being written, those with modules without a lesson first. */
export async function materialList(
	db: Db,
	actor: Actor,
	list: { search: string; size: number; offset: number }
) {
	if (!canRead(actor)) throw missing();
	const pattern = `%${list.search.replace(/[\\%_]/g, '\\$&')}%`;
	const rows = await sql<{
		id: string;
		number: number;
		status: 'draft' | 'review' | 'in_force';
		name: string;
		modules: number;
		bare: number;
		lessons: number;
		quizzes: number;
		total: number;
	}>`
		select v.id, v.number, v.status, p.name, count(m.id) as modules,
			count(m.id) filter (where coalesce(l.lessons, 0) = 0) as bare,
			coalesce(sum(l.lessons), 0) as lessons,
			(select count(*) from content.quiz q where q.agency_id = v.agency_id and q.version_id = v.id and q.retired_at is null) as quizzes,
			count(*) over () as total
		from programs.version v
		join programs.program p on p.agency_id = v.agency_id and p.id = v.program_id
		left join programs.module m on m.agency_id = v.agency_id and m.version_id = v.id
		left join (select agency_id, module_id, count(*) as lessons from content.lesson group by agency_id, module_id) l
			on l.agency_id = m.agency_id and l.module_id = m.id
		where v.agency_id = ${actor.agencyId} and v.status in ('draft', 'review', 'in_force') and p.name ilike ${pattern}
		group by v.agency_id, v.id, v.number, v.status, p.name
		order by bare desc, p.name, v.number
		limit ${list.size} offset ${list.offset}`.execute(db);
	return { versions: rows.rows, total: rows.rows[0]?.total ?? 0, can: { edit: canEdit(actor) } };
}

/** All material of a version: its modules with their lessons, its quizzes, and what could be carried over. */
export async function versionMaterial(db: Db, actor: Actor, versionId: string) {
	if (!canRead(actor)) throw missing();
	const { version, program, modules } = await versionFacts(db, actor.agencyId, versionId);
	const lessons = await db
		.selectFrom('content.lesson as l')
		.innerJoin('programs.module as m', (join) =>
			join.onRef('m.agency_id', '=', 'l.agency_id').onRef('m.id', '=', 'l.module_id')
		)
		.select(['l.id', 'l.module_id as moduleId', 'l.title', 'l.minutes', 'l.changed_at as changedAt'])
		.where('l.agency_id', '=', actor.agencyId)
		.where('m.version_id', '=', versionId)
		.orderBy('l.sort')
		.execute();
	const quizzes = await db
		.selectFrom('content.quiz as q')
		.select((eb) => [
			'q.id',
			'q.purpose',
			'q.title',
			'q.pass_percent as passPercent',
			'q.used_at as usedAt',
			'q.retired_at as retiredAt',
			eb
				.selectFrom('content.question as n')
				.whereRef('n.agency_id', '=', 'q.agency_id')
				.whereRef('n.quiz_id', '=', 'q.id')
				.select(sql<number>`count(*)`.as('count'))
				.as('questions')
		])
		.where('q.agency_id', '=', actor.agencyId)
		.where('q.version_id', '=', versionId)
		.orderBy(sql`array_position(array['pretest', 'practice', 'posttest'], q.purpose)`)
		.orderBy('q.retired_at', (order) => order.desc().nullsFirst())
		.execute();
	const could = await carriable(db, actor.agencyId, versionId);
	return {
		version: {
			id: version.id,
			number: version.number,
			status: version.status,
			basedOnNumber: version.basedOnNumber
		},
		program: { id: program.id, name: program.name },
		modules: modules.map((module) => ({
			...module,
			lessons: lessons.filter(({ moduleId }) => moduleId === module.id)
		})),
		quizzes: quizzes.map((quiz) => ({
			...quiz,
			purpose: purposeOf(quiz.purpose),
			questions: quiz.questions ?? 0
		})),
		carriable: {
			lessons: could.modules.reduce((sum, { lessons: count }) => sum + count, 0),
			quizzes: could.quizzes.length
		},
		can: { edit: canEdit(actor) }
	};
}

/** What the version before has and this one lacks: modules to copy lessons between, quizzes to copy. */
export async function carriable(db: Db, agencyId: string, versionId: string) {
	const modules = await sql<{ from: string; to: string; lessons: number }>`
		select m.based_on as "from", m.id as "to", count(l.id) as lessons
		from programs.module m
		join content.lesson l on l.agency_id = m.agency_id and l.module_id = m.based_on
		where m.agency_id = ${agencyId} and m.version_id = ${versionId}
			and not exists (select from content.lesson own where own.agency_id = m.agency_id and own.module_id = m.id)
		group by m.based_on, m.id`.execute(db);
	const quizzes = await sql<{ id: string; purpose: string; title: string; passPercent: number }>`
		select q.id, q.purpose, q.title, q.pass_percent as "passPercent"
		from programs.version v
		join content.quiz q on q.agency_id = v.agency_id and q.version_id = v.based_on and q.retired_at is null
		where v.agency_id = ${agencyId} and v.id = ${versionId}
			and not exists (select from content.quiz own
				where own.agency_id = v.agency_id and own.version_id = v.id and own.purpose = q.purpose)`.execute(db);
	return { modules: modules.rows, quizzes: quizzes.rows };
}

/** A lesson to edit; 404 for who may not. */
export async function lessonEditor(db: Db, actor: Actor, lessonId: string) {
	if (!canEdit(actor)) throw missing();
	const lesson = await db
		.selectFrom('content.lesson as l')
		.leftJoin('platform.file as f', (join) =>
			join.onRef('f.agency_id', '=', 'l.agency_id').onRef('f.id', '=', 'l.picture_id')
		)
		.select([
			'l.id',
			'l.module_id as moduleId',
			'l.title',
			'l.body',
			'l.minutes',
			'l.picture_id as pictureId',
			'l.picture_alt as pictureAlt',
			'l.changed_at as changedAt',
			'f.size as pictureSize'
		])
		.where('l.agency_id', '=', actor.agencyId)
		.where('l.id', '=', lessonId)
		.executeTakeFirst();
	if (!lesson) throw missing();
	return { lesson, ...(await moduleHead(db, actor, lesson.moduleId)) };
}

/** Where a new lesson goes. */
export async function moduleHead(db: Db, actor: Actor, moduleId: string) {
	if (!canEdit(actor)) throw missing();
	const module = await db
		.selectFrom('programs.module as m')
		.innerJoin('programs.version as v', (join) =>
			join.onRef('v.agency_id', '=', 'm.agency_id').onRef('v.id', '=', 'm.version_id')
		)
		.innerJoin('programs.program as p', (join) =>
			join.onRef('p.agency_id', '=', 'v.agency_id').onRef('p.id', '=', 'v.program_id')
		)
		.select(['m.id', 'm.name', 'v.id as versionId', 'v.number', 'p.name as programName'])
		.where('m.agency_id', '=', actor.agencyId)
		.where('m.id', '=', moduleId)
		.executeTakeFirst();
	if (!module) throw missing();
	return { module };
}

/** A quiz with its questions, choices and which are right: for its authors only. */
export async function quizEditor(db: Db, actor: Actor, quizId: string) {
	if (!canEdit(actor)) throw missing();
	const quiz = await db
		.selectFrom('content.quiz as q')
		.innerJoin('programs.version as v', (join) =>
			join.onRef('v.agency_id', '=', 'q.agency_id').onRef('v.id', '=', 'q.version_id')
		)
		.innerJoin('programs.program as p', (join) =>
			join.onRef('p.agency_id', '=', 'v.agency_id').onRef('p.id', '=', 'v.program_id')
		)
		.select([
			'q.id',
			'q.purpose',
			'q.title',
			'q.pass_percent as passPercent',
			'q.revision',
			'q.used_at as usedAt',
			'q.retired_at as retiredAt',
			'v.id as versionId',
			'v.number',
			'p.name as programName'
		])
		.where('q.agency_id', '=', actor.agencyId)
		.where('q.id', '=', quizId)
		.executeTakeFirst();
	if (!quiz) throw missing();
	return {
		quiz: { ...quiz, purpose: purposeOf(quiz.purpose) },
		questions: await questionsWithKey(db, actor.agencyId, quizId),
		can: { edit: !isFrozen(quiz) }
	};
}

/** Questions in order with the right choices marked. Never give this to somebody who is taking the quiz. */
export async function questionsWithKey(db: Db, agencyId: string, quizId: string) {
	const rows = await db
		.selectFrom('content.question as n')
		.leftJoin('content.choice as c', (join) =>
			join.onRef('c.agency_id', '=', 'n.agency_id').onRef('c.question_id', '=', 'n.id')
		)
		.select(['n.id', 'n.kind', 'n.stem', 'n.explanation', 'c.id as choiceId', 'c.wording', 'c.correct'])
		.where('n.agency_id', '=', agencyId)
		.where('n.quiz_id', '=', quizId)
		.orderBy('n.sort')
		.orderBy('c.sort')
		.execute();
	const byId = Map.groupBy(rows, ({ id }) => id);
	return [...byId.values()].flatMap((choices) => {
		const [first] = choices;
		if (first === undefined) return [];
		return [
			{
				id: first.id,
				kind: kindOf(first.kind),
				stem: first.stem,
				explanation: first.explanation,
				choices: choices.flatMap(({ choiceId, wording, correct }) =>
					choiceId === null || wording === null ? [] : [{ id: choiceId, wording, correct: correct === true }]
				)
			}
		];
	});
}
