import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { saveQuestion } from '#slices/content/public.server.ts';
import { replaceQuiz } from '#slices/content/server/commands/quizzes.ts';
import { course, DURING, LAST_DAY, rightOf } from '../../../tests/make/course.ts';
import { town } from '../../../tests/make/town.ts';
import { finishQuiz, saveAnswer, startQuiz } from './server/commands/quizzes.ts';
import { attemptPage, classMaterial, lessonPage } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
let its: Awaited<ReturnType<typeof course>>;
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
beforeEach(async () => {
	its = await course(it, author);
});

const show = (actor: Actor, attemptId: string, today = '2026-03-10') =>
	it.sees((db) => attemptPage(db, actor, attemptId, today));

describe('answers', () => {
	test('are there again after the connection or the page was lost', async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single] = await its.questions('pretest');
		const answer = { attemptId, questionId: single.id, choiceIds: rightOf(single) };
		await it.does(ani, saveAnswer, answer, { now: DURING });
		expect(await its.begin(ani, 'pretest')).toEqual({ attemptId });
		expect(await show(ani, attemptId)).toMatchObject({
			state: 'open',
			ticked: { [single.id]: rightOf(single) }
		});
	});

	test('of one question: the later ticked stays, whichever arrives last', async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single] = await its.questions('pretest');
		const [right, wrong] = single.choices.map(({ id }) => id);
		const now = new Date('2026-03-10T04:00:00Z');
		const say = (choice: string | undefined, answeredAt: string) =>
			it.does(
				ani,
				saveAnswer,
				{ attemptId, questionId: single.id, choiceIds: [choice], answeredAt },
				{ now }
			);
		await say(right, '2026-03-10T03:00:00.000Z');
		expect(await say(wrong, '2026-03-10T02:30:00.000Z')).toMatchObject({ choiceIds: [right] });
		expect(await say(wrong, '2026-03-10T03:00:00.001Z')).toMatchObject({ choiceIds: [wrong] });
	});

	test('sent twice under the same key are saved once', async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single] = await its.questions('pretest');
		const input = { attemptId, questionId: single.id, choiceIds: rightOf(single) };
		const send = () => it.does(ani, saveAnswer, input, { key: `replay-${attemptId}`, now: DURING });
		const [first, second] = await Promise.all([send(), send()]);
		expect(first).toEqual(second);
		const rows = await it.owner.query(
			'select count(*)::int as n from learning.answer where attempt_id = $1',
			[attemptId]
		);
		expect(rows.rows).toEqual([{ n: 1 }]);
	});

	test('that the question does not offer are refused, and none is taken after handing in', async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single, multiple] = await its.questions('pretest');
		const save = (choiceIds: string[]) =>
			it.does(ani, saveAnswer, { attemptId, questionId: single.id, choiceIds }, { now: DURING });
		await expect(save(rightOf(multiple))).rejects.toMatchObject({ code: 'learning.answer.unknownChoice' });
		const both = single.choices.map(({ id }) => id);
		await expect(save(both)).rejects.toMatchObject({ code: 'learning.answer.onlyOne' });
		await it.does(ani, finishQuiz, { attemptId }, { now: DURING });
		await expect(save(rightOf(single))).rejects.toMatchObject({
			kind: 'refused',
			code: 'learning.attempt.finished'
		});
	});
});

describe('what is right', () => {
	test('is nowhere in what the page is given before handing in', async () => {
		const { attemptId } = await its.begin(ani, 'practice');
		const shown = JSON.stringify(await show(ani, attemptId));
		expect(shown).not.toMatch(/correct|explanation|Lihat nomor|right/i);
		expect(shown).toContain('Kenalan');
	});

	test('is shown after practice at once, after tests only when the class is over', async () => {
		const practice = await its.takeAll(ani, 'practice');
		expect(await show(ani, practice)).toMatchObject({
			review: [{ right: true, explanation: 'Lihat nomor.' }, {}]
		});
		const pretest = await its.takeAll(ani, 'pretest');
		expect(await show(ani, pretest, '2026-03-20')).toMatchObject({ state: 'finished', review: [] });
		const posttest = await its.takeAll(ani, 'posttest', LAST_DAY);
		expect(await show(ani, posttest, '2026-03-11')).toMatchObject({ review: [] });
		expect(await show(ani, pretest, '2026-03-12')).toMatchObject({
			review: [{ right: true }, { right: true }]
		});
	});
});

describe('tests before and after', () => {
	test('are marked when handed in, once: pressed again the first mark stays', async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single] = await its.questions('pretest');
		await it.does(
			ani,
			saveAnswer,
			{ attemptId, questionId: single.id, choiceIds: rightOf(single) },
			{ now: DURING }
		);
		const finish = (now: Date) => it.does(ani, finishQuiz, { attemptId }, { now });
		await Promise.all([finish(DURING), finish(LAST_DAY)]);
		expect(await show(ani, attemptId)).toMatchObject({
			result: { score: 1, maxScore: 2, percent: 50, passed: false }
		});
		const told = await it.owner.query(
			`select count(*)::int as n from platform.event where name = 'learning.quizFinished' and payload->>'attemptId' = $1`,
			[attemptId]
		);
		expect(told.rows).toEqual([{ n: 1 }]);
	});

	test('are taken once, also when the quiz was replaced meanwhile', async () => {
		await its.takeAll(ani, 'pretest');
		const taken = { kind: 'refused', code: 'learning.quiz.alreadyTaken' };
		await expect(its.begin(ani, 'pretest')).rejects.toMatchObject(taken);
		const { quizId } = await it.does(author, replaceQuiz, { quizId: its.quizId.pretest });
		const start = it.does(ani, startQuiz, { classId: its.classId, quizId }, { now: DURING });
		await expect(start).rejects.toMatchObject(taken);
	});

	test('two devices beginning at once share one attempt', async () => {
		const [one, two] = await Promise.all([its.begin(ani, 'pretest'), its.begin(ani, 'pretest')]);
		expect(one).toEqual(two);
	});

	test('after is not taken before the last day, and its scores come out as measured', async () => {
		await expect(its.begin(ani, 'posttest')).rejects.toMatchObject({
			kind: 'refused',
			code: 'learning.quiz.posttestTooEarly',
			params: { on: '2026-03-11' }
		});
		await its.takeAll(ani, 'posttest', LAST_DAY);
		const { rows } = await it.owner.query(
			`select purpose, score, max_score from learning.attempt where class_id = $1 and person_id = $2 and finished_at is not null`,
			[its.classId, it.who('ani')]
		);
		expect(rows).toEqual([{ purpose: 'posttest', score: '2.00', max_score: '2.00' }]);
	});
});

test('a quiz that somebody has begun keeps its questions, against the command and against SQL', async () => {
	await its.begin(ani, 'pretest');
	const [single] = await its.questions('pretest');
	const change = {
		quizId: its.quizId.pretest,
		revision: 3,
		questionId: single.id,
		stem: 'Lain',
		kind: 'single',
		choices: [{ wording: 'A', correct: true }, { wording: 'B' }]
	};
	await expect(it.does(author, saveQuestion, change)).rejects.toMatchObject({
		kind: 'refused',
		code: 'content.quiz.used'
	});
	const sql = (text: string) => it.owner.query(text, [single.id]);
	await expect(
		sql('update content.choice set correct = not correct where question_id = $1')
	).rejects.toMatchObject({ code: 'AS001' });
	await expect(sql('delete from content.question where id = $1')).rejects.toMatchObject({ code: 'AS001' });
});

describe('people who do not belong there', () => {
	test.each(['budi', 'stranger', 'kasi', 'officer'])(
		'%s finds nothing of the class, the lesson, the quiz',
		async (name) => {
			const who = it.as(name, ['learning.read', 'content.edit'], 'kota.plaju');
			const gone = { kind: 'missing' };
			await expect(it.sees((db) => classMaterial(db, who, its.classId, '2026-03-10'))).rejects.toMatchObject(
				gone
			);
			await expect(it.sees((db) => lessonPage(db, who, its.classId, its.lessonId))).rejects.toMatchObject(
				gone
			);
			// Budi is on the waiting list: the class is there for him, its tests are not yet.
			await expect(its.begin(who, 'pretest')).rejects.toMatchObject(
				name === 'budi' ? { kind: 'forbidden' } : gone
			);
		}
	);

	test("somebody else's attempt is not there, to read or to answer", async () => {
		const { attemptId } = await its.begin(ani, 'pretest');
		const [single] = await its.questions('pretest');
		const answer = { attemptId, questionId: single.id, choiceIds: rightOf(single) };
		await expect(show(budi, attemptId)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(budi, saveAnswer, answer)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(budi, finishQuiz, { attemptId })).rejects.toMatchObject({ kind: 'missing' });
	});

	test('a quiz of another curriculum is not begun in this class', async () => {
		await it.owner.query('update classes.class set version_id = $2 where id = $1', [
			its.classId,
			it.need.versionId
		]);
		await expect(its.begin(ani, 'pretest')).rejects.toMatchObject({ kind: 'missing' });
	});
});
