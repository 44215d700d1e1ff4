import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { questionsWithKey, saveQuestion, createQuiz, saveLesson } from '#slices/content/public.server.ts';
import type { Purpose } from '#slices/content/public.ts';
import { replaceQuiz } from '#slices/content/server/commands/quizzes.ts';
import { town } from '../../../tests/make/town.ts';
import { mayOpenPicture, testScores } from './public.server.ts';
import { attemptsInBulk } from './server/bulk.ts';
import { finishLesson } from './server/commands/lessons.ts';
import { finishQuiz, saveAnswer, startQuiz } from './server/commands/quizzes.ts';
import { classProgress } from './server/progress.ts';
import { attemptPage, classMaterial, lessonPage, myClasses } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
let author: Actor;
let ani: Actor;
let budi: Actor;
beforeAll(async () => {
	it = await town();
	author = it.as('trainer', ['content.edit']);
	ani = it.as('ani');
	budi = it.as('budi');
});
afterAll(() => it.close());

const DURING = new Date('2026-03-10T02:00:00Z');
const LAST_DAY = new Date('2026-03-11T02:00:00Z');
let versionId = '';
let moduleId = '';
let classId = '';
let lessonId = '';
const quizId: Record<Purpose, string> = { pretest: '', posttest: '', practice: '' };

/** Every test has its own version and class (9-11 March) with Ani enrolled and Budi waiting. */
beforeEach(async () => {
	[versionId, moduleId, classId] = [newId(), newId(), newId()];
	const at = [it.agencyId, versionId];
	await it.owner.query(`insert into programs.version (agency_id, id, program_id, number, status, created_by, created_at)
		select $1, $2, $3, max(number) + 1, 'retired', 'uji', now() from programs.version where agency_id = $1 and program_id = $3`, [...at, it.need.programId]);
	await it.owner.query('alter table programs.module disable trigger module_frozen');
	await it.owner.query(`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode) values ($1, $3, $2, 1, 'Standar', 20, 'class')`, [...at, moduleId]);
	await it.owner.query('alter table programs.module enable trigger module_frozen');
	await it.owner.query(`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $3, $4, 'Pelayanan', $2, 'KL03', 'class', 'running', 30, '2026-03-09', '2026-03-11', 'uji', now())`, [...at, classId, classId.slice(-12)]);
	for (const [name, status] of [['ani', 'enrolled'], ['budi', 'waiting']] as const)
		await it.owner.query(`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at, waiting_since) values ($1, $2, $3, $4, $5, now(), now())`,
			[it.agencyId, newId(), classId, it.who(name), status]);
	({ lessonId } = await it.does(author, saveLesson, { moduleId, title: 'Antrean', body: '# Mulai\n\nSapa **warga**.', minutes: 5 }));
	for (const purpose of ['pretest', 'posttest', 'practice'] as const) quizId[purpose] = await makeQuiz(purpose);
});

async function makeQuiz(purpose: Purpose): Promise<string> {
	const made = await it.does(author, createQuiz, { versionId, purpose, title: purpose, passPercent: 70 });
	const one = { quizId: made.quizId, revision: 1, stem: 'Siapa dilayani dulu?', kind: 'single', explanation: 'Lihat nomor.', choices: [{ wording: 'Urutan', correct: true }, { wording: 'Kenalan' }] };
	await it.does(author, saveQuestion, one);
	const several = { ...one, revision: 2, stem: 'Yang dicatat?', kind: 'multiple', choices: [{ wording: 'Jam datang', correct: true }, { wording: 'Jam selesai', correct: true }, { wording: 'Agama' }] };
	await it.does(author, saveQuestion, several);
	return made.quizId;
}

const keyOf = (quiz: string) => it.sees((db) => questionsWithKey(db, it.agencyId, quiz));
const begin = (actor: Actor, purpose: Purpose, now = DURING) => it.does(actor, startQuiz, { classId, quizId: quizId[purpose] }, { now });
const show = (actor: Actor, attemptId: string, today = '2026-03-10') => it.sees((db) => attemptPage(db, actor, attemptId, today));
const correct = (question: { choices: readonly { id: string; correct: boolean }[] }) => question.choices.filter((choice) => choice.correct).map(({ id }) => id);

async function takeAll(actor: Actor, purpose: Purpose, now = DURING) {
	const { attemptId } = await begin(actor, purpose, now);
	for (const question of await keyOf(quizId[purpose]))
		await it.does(actor, saveAnswer, { attemptId, questionId: question.id, choiceIds: correct(question) }, { now });
	await it.does(actor, finishQuiz, { attemptId }, { now });
	return attemptId;
}

describe('answers', () => {
	test('are there again after the connection or the page was lost', async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		const choiceIds = correct(first!);
		await it.does(ani, saveAnswer, { attemptId, questionId: first!.id, choiceIds }, { now: DURING });
		expect(await begin(ani, 'pretest')).toEqual({ attemptId });
		const shown = await show(ani, attemptId);
		expect(shown).toMatchObject({ state: 'open', ticked: { [first!.id]: choiceIds } });
	});

	test('of one question: the later ticked stays, whichever arrives last', async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		const [right, wrong] = [first!.choices[0]!.id, first!.choices[1]!.id];
		const say = (choice: string, answeredAt: string) =>
			it.does(ani, saveAnswer, { attemptId, questionId: first!.id, choiceIds: [choice], answeredAt }, { now: new Date('2026-03-10T04:00:00Z') });
		await say(right, '2026-03-10T03:00:00.000Z');
		expect(await say(wrong, '2026-03-10T02:30:00.000Z')).toMatchObject({ choiceIds: [right] });
		expect(await say(wrong, '2026-03-10T03:00:00.001Z')).toMatchObject({ choiceIds: [wrong] });
	});

	test('sent twice under the same key are saved once', async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		const input = { attemptId, questionId: first!.id, choiceIds: correct(first!) };
		const options = { key: `replay-${attemptId}`, now: DURING };
		const twice = await Promise.all([it.does(ani, saveAnswer, input, options), it.does(ani, saveAnswer, input, options)]);
		expect(twice[0]).toEqual(twice[1]);
		const rows = await it.owner.query('select count(*)::int as n from learning.answer where attempt_id = $1', [attemptId]);
		expect(rows.rows[0]).toEqual({ n: 1 });
	});

	test('that the question does not offer are refused, and none is taken after handing in', async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first, second] = await keyOf(quizId.pretest);
		const save = (choiceIds: string[]) => it.does(ani, saveAnswer, { attemptId, questionId: first!.id, choiceIds }, { now: DURING });
		await expect(save(correct(second!))).rejects.toMatchObject({ kind: 'refused', code: 'learning.answer.unknownChoice' });
		await expect(save(first!.choices.map(({ id }) => id))).rejects.toMatchObject({ code: 'learning.answer.onlyOne' });
		await it.does(ani, finishQuiz, { attemptId }, { now: DURING });
		await expect(save(correct(first!))).rejects.toMatchObject({ kind: 'refused', code: 'learning.attempt.finished' });
	});
});

describe('what is right', () => {
	test('is nowhere in what the page is given before handing in', async () => {
		const { attemptId } = await begin(ani, 'practice');
		const shown = JSON.stringify(await show(ani, attemptId));
		expect(shown).not.toMatch(/correct|explanation|Lihat nomor|right/i);
		expect(shown).toContain('Kenalan');
	});

	test('is shown after practice at once, after tests only when the class is over', async () => {
		const practice = await takeAll(ani, 'practice');
		expect(await show(ani, practice)).toMatchObject({ state: 'finished', review: [{ right: true, explanation: 'Lihat nomor.' }, {}] });
		const pretest = await takeAll(ani, 'pretest');
		expect(await show(ani, pretest, '2026-03-20')).toMatchObject({ state: 'finished', review: [] });
		const posttest = await takeAll(ani, 'posttest', LAST_DAY);
		expect(await show(ani, posttest, '2026-03-11')).toMatchObject({ review: [] });
		expect(await show(ani, pretest, '2026-03-12')).toMatchObject({ review: [{ right: true }, { right: true }] });
	});
});

describe('tests before and after', () => {
	test('are marked when handed in, once: pressed again the first mark stays', async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		await it.does(ani, saveAnswer, { attemptId, questionId: first!.id, choiceIds: correct(first!) }, { now: DURING });
		await Promise.all([it.does(ani, finishQuiz, { attemptId }, { now: DURING }), it.does(ani, finishQuiz, { attemptId }, { now: LAST_DAY })]);
		expect(await show(ani, attemptId)).toMatchObject({ result: { score: 1, maxScore: 2, percent: 50, passed: false } });
		const told = await it.owner.query(`select count(*)::int as n from platform.event where name = 'learning.quizFinished' and payload->>'attemptId' = $1`, [attemptId]);
		expect(told.rows[0]).toEqual({ n: 1 });
	});

	test('are taken once, also when the quiz was replaced meanwhile', async () => {
		await takeAll(ani, 'pretest');
		await expect(begin(ani, 'pretest')).rejects.toMatchObject({ kind: 'refused', code: 'learning.quiz.alreadyTaken' });
		quizId.pretest = (await it.does(author, replaceQuiz, { quizId: quizId.pretest })).quizId;
		await expect(begin(ani, 'pretest')).rejects.toMatchObject({ code: 'learning.quiz.alreadyTaken' });
	});

	test('two devices beginning at once share one attempt', async () => {
		const [one, two] = await Promise.all([begin(ani, 'pretest'), begin(ani, 'pretest')]);
		expect(one).toEqual(two);
	});

	test('after is not taken before the last day, and its scores come out as measured', async () => {
		await expect(begin(ani, 'posttest')).rejects.toMatchObject({ kind: 'refused', code: 'learning.quiz.posttestTooEarly', params: { on: '2026-03-11' } });
		await takeAll(ani, 'posttest', LAST_DAY);
		expect(await it.sees((db) => testScores(db, it.agencyId, classId))).toEqual([
			{ personId: it.who('ani'), pretest: null, posttest: { score: 2, max: 2 } }
		]);
	});
});

describe('a quiz that somebody has begun', () => {
	test('keeps its questions, against the command and against SQL', async () => {
		await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		const change = { quizId: quizId.pretest, revision: 3, questionId: first!.id, stem: 'Lain', kind: 'single', choices: [{ wording: 'A', correct: true }, { wording: 'B' }] };
		await expect(it.does(author, saveQuestion, change)).rejects.toMatchObject({ kind: 'refused', code: 'content.quiz.used' });
		await expect(it.owner.query('update content.choice set correct = not correct where question_id = $1', [first!.id])).rejects.toMatchObject({ code: 'AS001' });
		await expect(it.owner.query('delete from content.question where id = $1', [first!.id])).rejects.toMatchObject({ code: 'AS001' });
	});
});

describe('people who do not belong there', () => {
	test.each(['budi', 'stranger', 'kasi', 'officer'])('%s finds nothing of the class, the lesson, the quiz', async (name) => {
		const who = it.as(name, ['learning.read', 'content.edit'], 'kota.plaju');
		await expect(it.sees((db) => classMaterial(db, who, classId, '2026-03-10'))).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.sees((db) => lessonPage(db, who, classId, lessonId))).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(who, startQuiz, { classId, quizId: quizId.pretest }, { now: DURING })).rejects.toMatchObject({
			kind: name === 'budi' ? 'forbidden' : 'missing'
		});
	});

	test("somebody else's attempt is not there, to read or to answer", async () => {
		const { attemptId } = await begin(ani, 'pretest');
		const [first] = await keyOf(quizId.pretest);
		await expect(show(budi, attemptId)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(budi, saveAnswer, { attemptId, questionId: first!.id, choiceIds: correct(first!) })).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(budi, finishQuiz, { attemptId })).rejects.toMatchObject({ kind: 'missing' });
	});

	test('a quiz of another curriculum is not begun in this class', async () => {
		const otherClass = classId;
		await it.owner.query('update classes.class set version_id = $2 where id = $1', [otherClass, it.need.versionId]);
		await expect(begin(ani, 'pretest')).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('lessons', () => {
	test('read once stay read, with the time they took', async () => {
		const openedAt = '2026-03-10T01:50:00.000Z';
		await it.does(ani, finishLesson, { classId, lessonId, openedAt }, { now: DURING });
		await it.does(ani, finishLesson, { classId, lessonId }, { now: LAST_DAY });
		const view = await it.owner.query('select opened_at, finished_at from learning.lesson_view where class_id = $1', [classId]);
		expect(view.rows).toEqual([{ opened_at: new Date(openedAt), finished_at: DURING }]);
		const mine = await it.sees((db) => myClasses(db, ani));
		expect(mine.find(({ id }) => id === classId)).toMatchObject({ lessons: 1, read: 1, openAttempt: null });
	});

	test('lead from the test before to the lesson to the test after', async () => {
		const next = async (today: string) => (await it.sees((db) => classMaterial(db, ani, classId, today))).next.kind;
		expect(await next('2026-03-10')).toBe('quiz');
		await takeAll(ani, 'pretest');
		expect(await next('2026-03-10')).toBe('lesson');
		await it.does(ani, finishLesson, { classId, lessonId }, { now: DURING });
		expect(await next('2026-03-10')).toBe('wait');
		expect(await next('2026-03-11')).toBe('quiz');
	});
});

test('a picture opens for authors and for who learns from it, for nobody else', async () => {
	const picture = { name: 'loket.png', base64: Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1').toString('base64') };
	const saved = await it.does(author, saveLesson, { moduleId, title: 'Loket', body: 'Lihat.', minutes: 3, picture, pictureAlt: 'Loket pelayanan' });
	const row = await it.owner.query<{ picture_id: string }>('select picture_id from content.lesson where id = $1', [saved.lessonId]);
	const opens = (who: Actor) => it.sees((db) => mayOpenPicture(db, who, row.rows[0]!.picture_id));
	expect([await opens(author), await opens(ani), await opens(budi), await opens(it.as('stranger'))]).toEqual([true, true, false, false]);
});

test('progress of a class is seen by who teaches it and the office only', async () => {
	await it.owner.query(`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Pembukaan', 'class', clock_timestamp(), clock_timestamp() + interval '1 millisecond', $4, 2)`, [it.agencyId, newId(), classId, it.who('coach')]);
	await takeAll(ani, 'pretest');
	const sheet = (who: Actor) => it.sees((db) => classProgress(db, who, classId, { size: 50, offset: 0 }));
	expect((await sheet(it.as('coach', ['learning.read']))).people).toMatchObject([{ name: 'ani', read: 0, pretest: 100, posttest: null }]);
	expect((await sheet(it.as('officer', ['learning.read'], ''))).class.participants).toBe(1);
	await expect(sheet(it.as('trainer', ['learning.read']))).rejects.toMatchObject({ kind: 'missing' });
	await expect(sheet(ani)).rejects.toMatchObject({ kind: 'missing' });
});

describe('a whole year at once', () => {
	const bulk = (rows: Parameters<typeof attemptsInBulk>[2]) => writing(it.agencyId, (tx) => attemptsInBulk(tx, it.agencyId, rows), it.db);
	test('is marked as if each had been taken by hand', async () => {
		const key = await keyOf(quizId.pretest);
		const row = { classId, quizId: quizId.pretest, personId: it.who('ani'), startedAt: DURING, finishedAt: LAST_DAY };
		const answers = key.map((question) => ({ questionId: question.id, choiceIds: correct(question) }));
		const [marked] = await bulk([{ ...row, answers: [answers[0]!, { ...answers[1]!, choiceIds: answers[1]!.choiceIds.slice(0, 1) }] }]);
		expect(marked).toMatchObject({ purpose: 'pretest', percent: 50 });
		expect(await show(ani, marked!.attemptId)).toMatchObject({ state: 'finished', result: { score: 1, maxScore: 2 } });
		await expect(begin(ani, 'pretest')).rejects.toMatchObject({ code: 'learning.quiz.alreadyTaken' });
	});

	test('refuses people without a seat', async () => {
		const row = { classId, quizId: quizId.pretest, personId: it.who('budi'), startedAt: DURING, finishedAt: LAST_DAY, answers: [] };
		await expect(bulk([row])).rejects.toMatchObject({ kind: 'refused', code: 'learning.bulk.strangers', params: { count: 1 } });
	});
});
