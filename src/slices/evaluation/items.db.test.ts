import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { tieItem } from './server/commands/tie-item.ts';
import { classItems, quizItems } from './server/items.ts';
import { masteryOfVersions } from './server/mastery-of-versions.ts';

let it: Awaited<ReturnType<typeof town>>;
const quizId = newId();
const classes = [newId(), newId()];
/** Three questions of three choices each, the first of them right. */
const questions = [newId(), newId(), newId()];
const choices = questions.map(() => [newId(), newId(), newId()]);
const PEOPLE = 40;

beforeAll(async () => {
	it = await town();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	await put(
		`insert into content.quiz (agency_id, id, version_id, purpose, title, pass_percent) values ($1, $2, $3, 'posttest', 'Tes akhir', 70)`,
		quizId,
		it.need.versionId
	);
	for (const [at, id] of questions.entries()) {
		await put(
			`insert into content.question (agency_id, id, quiz_id, sort, kind, stem) values ($1, $2, $3, $4, 'single', $5)`,
			id,
			quizId,
			at,
			`Soal ${at + 1}`
		);
		for (const [sort, choice] of (choices[at] ?? []).entries())
			await put(
				`insert into content.choice (agency_id, id, question_id, sort, wording, correct) values ($1, $2, $3, $4, $5, $6)`,
				choice,
				id,
				sort,
				`Pilihan ${sort + 1}`,
				sort === 0
			);
	}
	for (const [at, id] of classes.entries()) {
		await put(
			`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
			values ($1, $2, $3, 'Kelas', $4, 'KL03', 'class', 'finished', 50, '2026-03-02', '2026-03-02', 'uji', now())`,
			id,
			`K-${at}`,
			it.need.versionId
		);
		await put(
			`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
			values ($1, $2, $3, 1, 'Antrean', 'class', $4, $5, $6, 2)`,
			newId(),
			id,
			`2026-03-0${at + 2} 08:00+07`,
			`2026-03-0${at + 2} 10:00+07`,
			it.who(at === 0 ? 'trainer' : 'coach')
		);
	}
	// Who knows more has questions 1 and 2 right and 3 wrong: its key is wrong. The class of the coach: one attempt, empty.
	for (let who = 0; who < PEOPLE; who++) {
		const personId = newId();
		const attemptId = newId();
		await put(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, 'Orang', 'female', 'PNS')`,
			personId,
			String(198001012005010000n + BigInt(who))
		);
		await put(
			`insert into learning.attempt (agency_id, id, quiz_id, class_id, person_id, purpose, started_at, finished_at, score, max_score)
			values ($1, $2, $3, $4, $5, 'posttest', '2026-03-02', '2026-03-02', 0, 3)`,
			attemptId,
			quizId,
			who < PEOPLE - 1 ? classes[0] : classes[1],
			personId
		);
		if (who === PEOPLE - 1) continue;
		const ticks = [who < 20 ? 0 : 1, who < 24 ? 0 : 1, who < 18 ? 1 : 0];
		for (const [at, tick] of ticks.entries())
			await put(
				`insert into learning.answer (agency_id, attempt_id, question_id, choice_ids, answered_at, saved_at) values ($1, $2, $3, $4, now(), now())`,
				attemptId,
				questions[at],
				[choices[at]?.[tick]]
			);
	}
});
afterAll(() => it.close());

const author = () => it.as('officer', ['content.edit'], '');
const office = () => it.as('officer', ['evaluation.read'], '');

/** Another class, in which two handed the quiz in without an answer. */
async function twoMore(day: number): Promise<string> {
	const classId = newId();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Kelas', $4, 'KL03', 'class', 'finished', 50, '2026-03-02', '2026-03-02', 'uji', now())`,
		[it.agencyId, classId, `L-${day}`, it.need.versionId]
	);
	for (const name of ['ani', 'budi'])
		await it.owner.query(
			`insert into learning.attempt (agency_id, id, quiz_id, class_id, person_id, purpose, started_at, finished_at, score, max_score)
			values ($1, $2, $3, $4, $5, 'posttest', '2026-03-02', '2026-03-02', 0, 3)`,
			[it.agencyId, newId(), quizId, classId, it.who(name)]
		);
	return classId;
}

describe('item analysis', () => {
	test('of a class counts its own answers, flags the wrong key and shows who ticked what', async () => {
		const { sheet, quizzes } = await it.sees((db) =>
			classItems(db, it.as('trainer'), classes[0] ?? '', quizId)
		);
		expect(quizzes).toEqual([{ id: quizId, title: 'Tes akhir', purpose: 'posttest', people: 39 }]);
		expect(sheet.test).toMatchObject({ people: 39, complete: 39, most: 3 });
		expect(sheet.items.map(({ facility }) => facility)).toEqual([20 / 39, 24 / 39, 21 / 39]);
		expect(sheet.items[2]?.flags).toContain('negative');
		expect(sheet.items[0]?.choices.map(({ all }) => all)).toEqual([20 / 39, 19 / 39, 0]);
		expect(sheet.items[0]?.flags).toContain('unusedChoice');
	});

	test('of the quiz takes in every class but those too small, whose answers a subtraction would give', async () => {
		const all = () => it.sees((db) => quizItems(db, office(), quizId));
		const alone = await all();
		expect(alone.test.people).toBe(39);
		expect(alone.items[0]?.facility).toBe(20 / 39);
		// Five in classes of fewer than five hide each other. An answer left open counts nothing.
		const more = await Promise.all([2, 3].map((day) => twoMore(day)));
		const sheet = await all();
		expect(sheet.test.people).toBe(44);
		expect(sheet.items[0]?.facility).toBe(20 / 44);
		await it.owner.query('delete from learning.attempt where class_id = any($1)', [more]);
	});

	test('of one person says nothing but that', async () => {
		const { sheet } = await it.sees((db) => classItems(db, it.as('coach'), classes[1] ?? '', quizId));
		expect(sheet.test).toMatchObject({ people: 1, reliability: null, noReliability: 'tooFewPeople' });
		expect(
			sheet.items.every(
				({ facility, itemRest, flags }) => facility === null && itemRest === null && flags.length === 0
			)
		).toBe(true);
	});

	test('is there for who teaches the class, reads evaluations or writes material; for others it does not exist', async () => {
		const missing = { kind: 'missing' };
		await expect(
			it.sees((db) => classItems(db, it.as('coach'), classes[0] ?? '', quizId))
		).rejects.toMatchObject(missing);
		await expect(
			it.sees((db) => classItems(db, it.as('trainer'), classes[0] ?? '', newId()))
		).rejects.toMatchObject(missing);
		await expect(it.sees((db) => quizItems(db, it.as('trainer'), quizId))).rejects.toMatchObject(missing);
		await expect(it.sees((db) => quizItems(db, author(), quizId))).resolves.toBeDefined();
	});
});

describe('mastery of outcomes', () => {
	test('counts the questions tied to them, even after the quiz was taken', async () => {
		const before = await it.sees((db) => quizItems(db, author(), quizId));
		const outcomeId = before.mastery[0]?.id ?? '';
		expect(before.mastery[0]).toMatchObject({ items: 0, mean: null, mastered: null });
		for (const questionId of questions.slice(0, 2))
			await it.does(author(), tieItem, { questionId, outcomeId });
		const after = await it.sees((db) => quizItems(db, author(), quizId));
		// Both right: 20 of 39; 70 per cent of two questions is both.
		expect(after.mastery[0]).toMatchObject({ items: 2, people: 39, mean: 44 / 78, mastered: 20 / 39 });
		await it.does(author(), tieItem, { questionId: questions[0] });
		expect((await it.sees((db) => quizItems(db, author(), quizId))).mastery[0]).toMatchObject({ items: 1 });
	});

	test('of a whole version is counted by the same rule; a class under five is in no total', async () => {
		const outcomeId = (await it.sees((db) => quizItems(db, author(), quizId))).mastery[0]?.id ?? '';
		for (const questionId of questions.slice(0, 2))
			await it.does(author(), tieItem, { questionId, outcomeId });
		// Of several right choices all must be ticked, in whatever order: the second question becomes one of those.
		await it.owner.query(`update content.question set kind = 'multiple' where id = $1`, [questions[1]]);
		const { sheet } = await it.sees((db) => classItems(db, it.as('trainer'), classes[0] ?? '', quizId));
		const [one] = sheet.mastery;
		expect(one).toMatchObject({ people: 39, items: 2 });
		const found = await it.sees((db) => masteryOfVersions(db, [it.need.versionId]));
		expect(found.get(it.need.versionId)).toMatchObject({
			people: 39,
			passed: 0,
			measured: 1,
			weakest: { statement: one?.statement }
		});
		expect(found.get(it.need.versionId)?.mastered).toBeCloseTo(one?.mastered ?? NaN, 12);
		// A test without a pass mark is mastered by all who handed it in, whatever they answered.
		await it.owner.query('update content.quiz set pass_percent = 0 where id = $1', [quizId]);
		const all = await it.sees((db) => masteryOfVersions(db, [it.need.versionId]));
		expect(all.get(it.need.versionId)?.mastered).toBe(1);
		await it.owner.query('update content.quiz set pass_percent = 70 where id = $1', [quizId]);
	});

	test('refuses an outcome of another version, a stranger, a question that is not there', async () => {
		const questionId = questions[0];
		await expect(it.does(author(), tieItem, { questionId, outcomeId: newId() })).rejects.toMatchObject({
			code: 'evaluation.items.otherVersion'
		});
		await expect(it.does(it.as('trainer'), tieItem, { questionId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.does(author(), tieItem, { questionId: newId() })).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
