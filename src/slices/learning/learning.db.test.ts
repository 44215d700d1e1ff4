import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { saveLesson } from '#slices/content/public.server.ts';
import { course, DURING, LAST_DAY, rightOf } from '../../../tests/make/course.ts';
import { town } from '../../../tests/make/town.ts';
import { mayOpenPicture } from './public.server.ts';
import { attemptsInBulk, type BulkAttempt } from './server/bulk.ts';
import { finishLesson } from './server/commands/lessons.ts';
import { classProgress } from './server/progress.ts';
import { attemptPage, classMaterial, lessonPage, myClasses } from './server/queries.ts';

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

const read = (now: Date, openedAt?: string) =>
	it.does(ani, finishLesson, { classId: its.classId, lessonId: its.lessonId, openedAt }, { now });

describe('lessons', () => {
	test('read once stay read, with the time they took', async () => {
		const openedAt = '2026-03-10T01:50:00.000Z';
		await read(DURING, openedAt);
		await read(LAST_DAY);
		const views = await it.owner.query(
			'select opened_at, finished_at from learning.lesson_view where class_id = $1',
			[its.classId]
		);
		expect(views.rows).toEqual([{ opened_at: new Date(openedAt), finished_at: DURING }]);
		const mine = await it.sees((db) => myClasses(db, ani));
		expect(mine.find(({ id }) => id === its.classId)).toMatchObject({
			lessons: 1,
			read: 1,
			openAttempt: null
		});
	});

	test('come as blocks with their marks, never as HTML', async () => {
		const page = await it.sees((db) => lessonPage(db, ani, its.classId, its.lessonId));
		expect(page).toMatchObject({ number: 1, of: 1, finished: false, next: null });
		expect(page.lesson.blocks).toEqual([
			{ kind: 'heading', level: 2, spans: [{ text: 'Mulai' }] },
			{ kind: 'paragraph', spans: [{ text: 'Sapa ' }, { text: 'warga', bold: true }, { text: '.' }] }
		]);
	});

	test('lead from the test before to the lesson to the test after', async () => {
		const next = async (today: string) =>
			(await it.sees((db) => classMaterial(db, ani, its.classId, today))).next.kind;
		expect(await next('2026-03-10')).toBe('quiz');
		await its.takeAll(ani, 'pretest');
		expect(await next('2026-03-10')).toBe('lesson');
		await read(DURING);
		expect(await next('2026-03-10')).toBe('wait');
		expect(await next('2026-03-11')).toBe('quiz');
	});
});

test('a picture opens for authors and for who learns from it, for nobody else', async () => {
	// One pixel.
	const base64 =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	const lesson = {
		moduleId: its.moduleId,
		title: 'Loket',
		body: 'Lihat.',
		minutes: 3,
		pictureAlt: 'Loket pelayanan'
	};
	const { lessonId } = await it.does(author, saveLesson, {
		...lesson,
		picture: { name: 'loket.png', base64 }
	});
	const { lesson: shown } = await it.sees((db) => lessonPage(db, ani, its.classId, lessonId));
	const opens = (who: Actor) => it.sees((db) => mayOpenPicture(db, who, shown.pictureId ?? ''));
	expect(await Promise.all([author, ani, budi, it.as('stranger')].map(opens))).toEqual([
		true,
		true,
		false,
		false
	]);
});

test('progress of a class is seen by who teaches it and the office only', async () => {
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Pembukaan', 'class', '2026-03-09 02:00+00', '2026-03-09 04:00+00', $4, 2)`,
		[it.agencyId, newId(), its.classId, it.who('coach')]
	);
	await its.takeAll(ani, 'pretest');
	const sheet = (who: Actor) => it.sees((db) => classProgress(db, who, its.classId, { size: 50, offset: 0 }));
	const rows = [{ name: 'ani', read: 0, pretest: 100, posttest: null }];
	expect((await sheet(it.as('coach', ['learning.read']))).people).toMatchObject(rows);
	expect((await sheet(it.as('officer', ['learning.read'], ''))).class.participants).toBe(1);
	await expect(sheet(it.as('trainer', ['learning.read']))).rejects.toMatchObject({ kind: 'missing' });
	await expect(sheet(ani)).rejects.toMatchObject({ kind: 'missing' });
});

describe('a whole year at once', () => {
	const bulk = (row: Partial<BulkAttempt>) =>
		writing(
			it.agencyId,
			(tx) =>
				attemptsInBulk(tx, it.agencyId, [
					{
						classId: its.classId,
						quizId: its.quizId.pretest,
						personId: it.who('ani'),
						startedAt: DURING,
						finishedAt: LAST_DAY,
						answers: [],
						...row
					}
				]),
			it.db
		);

	test('is marked as if each had been taken by hand', async () => {
		const [single, multiple] = await its.questions('pretest');
		const answers = [
			{ questionId: single.id, choiceIds: rightOf(single) },
			{ questionId: multiple.id, choiceIds: rightOf(multiple).slice(0, 1) }
		];
		const [marked] = await bulk({ answers });
		expect(marked).toMatchObject({ purpose: 'pretest', percent: 50 });
		expect(await it.sees((db) => attemptPage(db, ani, marked?.attemptId ?? '', '2026-03-12'))).toMatchObject({
			state: 'finished',
			result: { score: 1, maxScore: 2 }
		});
		await expect(its.begin(ani, 'pretest')).rejects.toMatchObject({ code: 'learning.quiz.alreadyTaken' });
	});

	test('refuses people without a seat and answers that no question offers', async () => {
		await expect(bulk({ personId: it.who('budi') })).rejects.toMatchObject({
			code: 'learning.bulk.strangers',
			params: { count: 1 }
		});
		const [single, multiple] = await its.questions('pretest');
		const answers = [{ questionId: single.id, choiceIds: rightOf(multiple) }];
		await expect(bulk({ answers })).rejects.toMatchObject({ code: 'learning.answer.unknownChoice' });
	});
});
