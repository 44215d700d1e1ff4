import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { evaluationOfClass, reactInBulk } from './public.server.ts';
import { REACTION_ITEMS } from './reaction-items.ts';
import { openReactions } from './server/commands/open-reactions.ts';
import { react } from './server/commands/react.ts';
import { reactionsToOpen } from './server/reactions-to-open.ts';
import { reactionForm, reactionsDue } from './server/queries.ts';
import { itemResults, remarksOf } from './server/form-results.ts';
import { classResults, evaluatedClasses } from './server/results.ts';
import { answersOf, townWithForms } from './test-forms.ts';

const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const NOW = new Date('2026-03-07T03:00:00Z');
const TODAY = '2026-03-07';
const LATER = new Date('2026-04-01T03:00:00Z');
const LATER_DAY = '2026-04-01';

let it: Awaited<ReturnType<typeof townWithForms>>;
beforeAll(async () => {
	it = await townWithForms();
});
afterAll(() => it.close());

let number = 0;
/** A class of one day, 6 March 2026, over by 16.00 WIB. */
async function aClass({ people = SIX, status = 'finished', facilitator = 'trainer' } = {}): Promise<string> {
	const id = newId();
	number += 1;
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', $5, 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, id, `K-${number}`, it.need.versionId, status]
	);
	// Minutes apart, because a facilitator is in one place at a time.
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', $4, $5, $6, 2)`,
		[it.agencyId, newId(), id, minute(number), minute(number + 1), it.who(facilitator)]
	);
	for (const name of people)
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, $5, '2026-02-01')`,
			[it.agencyId, newId(), id, it.who(name), status === 'finished' ? 'passed' : 'enrolled']
		);
	return id;
}
const minute = (at: number) => new Date(Date.UTC(2026, 2, 6, 1, at)).toISOString();

const answers = (score: number, remark = '') => answersOf(REACTION_ITEMS, score, remark);
const gives = (name: string, classId: string, score: number, remark = '', key?: string) =>
	it.does(
		it.as(name),
		react,
		{ classId, answers: answers(score, remark) },
		{ now: NOW, ...(key ? { key } : {}) }
	);

/** What the clock does when a form has closed. */
const opens = (classId: string, now = LATER) =>
	it.does(
		{ ...it.as('officer', ['evaluation.read'], ''), personId: null },
		openReactions,
		{ classId },
		{ now }
	);
const envelopesOf = async (classId: string) =>
	(await it.owner.query('select sealed from evaluation.reaction_envelope where class_id = $1', [classId]))
		.rows;

describe('a reaction is given once, by a participant, in time', () => {
	test('a second one is refused, also with another key, and nothing is added', async () => {
		const classId = await aClass();
		await gives('ani', classId, 4, '', 'first-key-of-ani');
		await expect(gives('ani', classId, 1, '', 'first-key-of-ani')).rejects.toMatchObject({
			code: 'evaluation.reaction.alreadyGiven'
		});
		await expect(gives('ani', classId, 1)).rejects.toMatchObject({
			code: 'evaluation.reaction.alreadyGiven'
		});
		expect(await envelopesOf(classId)).toHaveLength(1);
	});

	test('two devices at once: one is kept, the other told', async () => {
		const classId = await aClass();
		const both = await Promise.allSettled([gives('budi', classId, 4), gives('budi', classId, 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await envelopesOf(classId)).toHaveLength(1);
	});

	test('a stranger to the class meets a page that does not exist', async () => {
		const classId = await aClass();
		await expect(gives('stranger', classId, 4)).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => reactionForm(db, it.as('stranger'), { classId, sessionId: null }, NOW, TODAY))
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => classResults(db, it.as('ani'), classId, LATER, LATER_DAY))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('it is awaited for a week, then no more', async () => {
		const classId = await aClass({ people: ['kasi'], status: 'running' });
		const due = await it.sees((db) => reactionsDue(db, it.who('kasi'), NOW, TODAY));
		expect(due).toEqual([
			{
				classId,
				sessionId: null,
				code: `K-${number}`,
				name: 'Pelayanan prima',
				topic: null,
				until: '2026-03-13'
			}
		]);
		expect(await it.sees((db) => reactionsDue(db, it.who('kasi'), LATER, LATER_DAY))).toEqual([]);
		await expect(
			it.does(it.as('kasi'), react, { classId, answers: answers(3) }, { now: LATER })
		).rejects.toMatchObject({ code: 'evaluation.reaction.over' });
		await gives('kasi', classId, 3);
		expect(await it.sees((db) => reactionsDue(db, it.who('kasi'), NOW, TODAY))).toEqual([]);
	});
});

describe('results', () => {
	const office = () => it.as('officer', ['evaluation.read'], '');

	test('of four people are hidden, by the query itself', async () => {
		const classId = await aClass();
		for (const name of SIX.slice(0, 4)) await gives(name, classId, 2, 'kata');
		await opens(classId);
		// Destroyed unopened: not even the whole database has them any more.
		expect(await envelopesOf(classId)).toEqual([]);
		const result = await it.sees((db) => classResults(db, office(), classId, LATER, LATER_DAY));
		expect(result).toMatchObject({ given: 4, seated: 6, reactions: { shown: false, reason: 'tooFew' } });
		expect(await it.sees((db) => itemResults(db, { classId, sessionId: null }))).toEqual([]);
		expect(await it.sees((db) => remarksOf(db, { classId, sessionId: null }))).toEqual([]);
	});

	test('wait while answers still come in, and are shown to the facilitator when the form has closed', async () => {
		const classId = await aClass();
		for (const [index, name] of SIX.slice(0, 5).entries())
			await gives(name, classId, index < 4 ? 3 : 1, 'kata');
		const trainer = it.as('trainer');
		expect((await it.sees((db) => classResults(db, trainer, classId, NOW, TODAY))).reactions).toEqual({
			shown: false,
			reason: 'collecting',
			until: '2026-03-13'
		});
		await expect(opens(classId, NOW)).rejects.toMatchObject({ code: 'evaluation.reaction.stillOpen' });
		expect((await it.sees((db) => classResults(db, trainer, classId, LATER, LATER_DAY))).reactions).toEqual({
			shown: false,
			reason: 'opening'
		});
		expect(await it.sees((db) => reactionsToOpen(db, LATER, LATER_DAY))).toContainEqual({
			classId,
			sessionId: null
		});
		expect(await opens(classId)).toEqual({ opened: 5 });
		expect(await opens(classId)).toEqual({ opened: 0 });
		expect(await it.sees((db) => reactionsToOpen(db, LATER, LATER_DAY))).not.toContainEqual({
			classId,
			sessionId: null
		});
		const { reactions } = await it.sees((db) => classResults(db, trainer, classId, LATER, LATER_DAY));
		if (!reactions.shown) throw new Error('not shown');
		expect(reactions.items).toHaveLength(9);
		expect(reactions.items[0]).toMatchObject({ answers: 5, mean: 2.6, spread: [1, 0, 4, 0] });
		// How sure before and now is asked by the form that Asah ships: a class without a form of its own has it.
		expect(reactions.confidence).toMatchObject([
			{ code: 'A.03', shown: true, pairs: 5, meanBefore: 1, meanAfter: 2.6 }
		]);
		expect(reactions.remarks.map(({ item, texts }) => [item, texts.length])).toEqual([
			['A.02', 5],
			['M.03', 5]
		]);
		await expect(
			it.sees((db) => classResults(db, it.as('coach'), classId, LATER, LATER_DAY))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('tell what was learned by those who took both tests, on one scale', async () => {
		const classId = await aClass();
		const quizId = newId();
		await it.owner.query(
			`insert into content.quiz (agency_id, id, version_id, purpose, title, pass_percent)
			values ($1, $2, $3, 'pretest', 'Tes', 70)`,
			[it.agencyId, quizId, it.need.versionId]
		);
		const take = (name: string, purpose: string, score: number, max: number) =>
			it.owner.query(
				`insert into learning.attempt (agency_id, id, quiz_id, class_id, person_id, purpose, started_at, finished_at, score, max_score)
				values ($1, $2, $3, $4, $5, $6, '2026-03-06', '2026-03-06', $7, $8)`,
				[it.agencyId, newId(), quizId, classId, it.who(name), purpose, score, max]
			);
		// As gain.test.ts: differences 20, 30, 15, 35, 25.
		const scores = [
			[40, 60],
			[50, 80],
			[60, 75],
			[30, 65],
			[70, 95]
		];
		for (const [index, [before = 0, after = 0]] of scores.entries()) {
			await take(SIX[index] ?? '', 'pretest', before / 10, 10);
			await take(SIX[index] ?? '', 'posttest', after / 5, 20);
		}
		await take('fitri', 'pretest', 5, 10);
		const { gain } = await it.sees((db) => classResults(db, office(), classId, LATER, LATER_DAY));
		if (!gain?.shown) throw new Error('not shown');
		expect(gain).toMatchObject({ n: 5, onlyBefore: 1, onlyAfter: 0, change: 'up', band: 'medium' });
		expect(gain.difference.meanDifference).toBeCloseTo(25, 10);
		expect(gain.difference.interval?.lower).toBeCloseTo(15.184, 3);
		const { classes } = await it.sees((db) =>
			evaluatedClasses(db, office(), LATER_DAY, { size: 50, offset: 0 })
		);
		expect(classes.find(({ id }) => id === classId)?.gain).toMatchObject({ n: 5 });
		expect(await it.sees((db) => evaluationOfClass(db, classId, LATER, LATER_DAY))).toMatchObject({
			seated: 6,
			given: 0,
			reaction: null,
			gain: { n: 5 }
		});
	});
});

test('a seat given after everybody answered and all was opened comes too late; a person opens nothing', async () => {
	const classId = await aClass({ people: SIX.slice(0, 5) });
	for (const name of SIX.slice(0, 5)) await gives(name, classId, 3);
	await expect(
		it.does(it.as('officer', ['evaluation.read'], ''), openReactions, { classId })
	).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(await opens(classId, NOW)).toEqual({ opened: 5 });
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'passed', '2026-02-01')`,
		[it.agencyId, newId(), classId, it.who('fitri')]
	);
	expect(
		(await it.sees((db) => reactionForm(db, it.as('fitri'), { classId, sessionId: null }, NOW, TODAY))).state
	).toBe('over');
	await expect(gives('fitri', classId, 1)).rejects.toMatchObject({ code: 'evaluation.reaction.over' });
});

test('a whole year of reactions is loaded by the same rules, and no order tells whose they are', async () => {
	const classId = await aClass();
	const reactions = SIX.map((name, index) => ({
		classId,
		personId: it.who(name),
		givenOn: '2026-03-08',
		answers: answers((index % 4) + 1, name)
	}));
	expect(await writing(it.agencyId, (tx) => reactInBulk(tx, it.agencyId, reactions, LATER_DAY), it.db)).toBe(
		6
	);
	const late = [
		{ classId: await aClass(), personId: it.who('ani'), givenOn: '2026-05-01', answers: answers(4) }
	];
	await expect(
		writing(it.agencyId, (tx) => reactInBulk(tx, it.agencyId, late, LATER_DAY), it.db)
	).rejects.toMatchObject({
		code: 'evaluation.reaction.notTaken'
	});
});
