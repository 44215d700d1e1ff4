import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { evaluationOfClass, reactInBulk, seedReactionItems } from './public.server.ts';
import { REACTION_ITEMS } from './reaction-items.ts';
import { react } from './server/commands/react.ts';
import { reactionForm, reactionsDue } from './server/queries.ts';
import { classResults, evaluatedClasses, itemResults, remarksOf } from './server/results.ts';

const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const NOW = new Date('2026-03-07T03:00:00Z');
const TODAY = '2026-03-07';
const LATER = new Date('2026-04-01T03:00:00Z');
const LATER_DAY = '2026-04-01';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
	it = await town();
	await writing(it.agencyId, (tx) => seedReactionItems(tx, it.agencyId), it.db);
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

const answers = (score: number, remark = '') =>
	REACTION_ITEMS.map(({ code, kind }) => (kind === 'score' ? { item: code, score } : { item: code, remark }));
const gives = (name: string, classId: string, score: number, remark = '', key?: string) =>
	it.does(
		it.as(name),
		react,
		{ classId, answers: answers(score, remark) },
		{ now: NOW, ...(key ? { key } : {}) }
	);

describe('who answered cannot be joined to what was answered', () => {
	let classId = '';
	beforeAll(async () => {
		classId = await aClass();
		for (const [index, name] of SIX.entries())
			await gives(name, classId, (index % 4) + 1, `kata ${name}`, `key-of-${name}-long`);
	});

	test('the answers have no person, no time and no key in common with the list of who answered', async () => {
		const columns = await it.owner.query<{ table_name: string; column_name: string; data_type: string }>(
			`select table_name, column_name, data_type from information_schema.columns
			where table_schema = 'evaluation' and table_name in ('reaction_answer', 'reaction_given')`
		);
		const of = (table: string) => columns.rows.filter((row) => row.table_name === table);
		expect(
			of('reaction_answer')
				.map((row) => row.column_name)
				.sort()
		).toEqual(['agency_id', 'class_id', 'id', 'item_code', 'remark', 'score']);
		expect(columns.rows.filter(({ data_type }) => /time/.test(data_type))).toEqual([]);
		expect(
			of('reaction_given')
				.map((row) => row.column_name)
				.sort()
		).toEqual(['agency_id', 'class_id', 'given_on', 'person_id']);
	});

	test('all answers of the class look as if one transaction wrote them, and their ids tell no time', async () => {
		const rows = await it.owner.query<{ xmin: string; id: string }>(
			'select xmin::text, id from evaluation.reaction_answer where class_id = $1',
			[classId]
		);
		expect(rows.rows).toHaveLength(SIX.length * REACTION_ITEMS.length);
		expect(new Set(rows.rows.map(({ xmin }) => xmin)).size).toBe(1);
		expect(rows.rows.every(({ id }) => id[14] === '4')).toBe(true);
	});

	test('their place in the file is not the order in which people came', async () => {
		// Of 6! orders one is that of arrival; two classes in that order would be one chance in half a million.
		const orderIn = async (id: string) => {
			const rows = await it.owner.query<{ remark: string }>(
				`select remark from evaluation.reaction_answer where class_id = $1 and item_code = 'A.02' order by ctid`,
				[id]
			);
			return rows.rows.map(({ remark }) => remark).join();
		};
		const second = await aClass();
		for (const name of SIX) await gives(name, second, 4, `kata ${name}`);
		const arrival = SIX.map((name) => `kata ${name}`).join();
		expect([await orderIn(classId), await orderIn(second)]).not.toEqual([arrival, arrival]);
	});

	test('no event, no audit line and no idempotency key tell the minute', async () => {
		for (const table of ['platform.event', 'platform.audit', 'platform.idempotency']) {
			const rows = await it.owner.query(`select * from ${table} t where agency_id = $1`, [it.agencyId]);
			expect(rows.rows).toEqual([]);
		}
	});

	test('not even the app can take back or rewrite', async () => {
		await expect(
			it.sees((db) => db.selectFrom('evaluation.reaction_given').select('given_on').execute())
		).resolves.toHaveLength(12);
		const rights = await it.owner.query<{ privilege_type: string }>(
			`select distinct privilege_type from information_schema.role_table_grants
			where grantee = 'asah_app' and table_schema = 'evaluation' and table_name = 'reaction_answer'`
		);
		const names = rights.rows.map((row) => row.privilege_type);
		expect(names).not.toContain('UPDATE');
		expect(names).not.toContain('DELETE');
	});
});

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
		const rows = await it.owner.query('select 1 from evaluation.reaction_answer where class_id = $1', [
			classId
		]);
		expect(rows.rows).toHaveLength(10);
	});

	test('two devices at once: one is kept, the other told', async () => {
		const classId = await aClass();
		const both = await Promise.allSettled([gives('budi', classId, 4), gives('budi', classId, 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const rows = await it.owner.query(
			'select distinct score from evaluation.reaction_answer where class_id = $1',
			[classId]
		);
		expect(rows.rows).toHaveLength(1);
	});

	test('a stranger to the class meets a page that does not exist', async () => {
		const classId = await aClass();
		await expect(gives('stranger', classId, 4)).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => reactionForm(db, it.as('stranger'), classId, NOW, TODAY))
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => classResults(db, it.as('ani'), classId, LATER, LATER_DAY))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('it is awaited for a week, then no more', async () => {
		const classId = await aClass({ people: ['kasi'], status: 'running' });
		const due = await it.sees((db) => reactionsDue(db, it.who('kasi'), NOW, TODAY));
		expect(due).toEqual([{ classId, code: `K-${number}`, name: 'Pelayanan prima', until: '2026-03-13' }]);
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
		const result = await it.sees((db) => classResults(db, office(), classId, LATER, LATER_DAY));
		expect(result).toMatchObject({ given: 4, seated: 6, reactions: { shown: false, reason: 'tooFew' } });
		expect(await it.sees((db) => itemResults(db, classId))).toEqual([]);
		expect(await it.sees((db) => remarksOf(db, classId))).toEqual([]);
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
		const { reactions } = await it.sees((db) => classResults(db, trainer, classId, LATER, LATER_DAY));
		if (!reactions.shown) throw new Error('not shown');
		expect(reactions.items).toHaveLength(10);
		expect(reactions.items[0]).toMatchObject({ answers: 5, mean: 2.6, spread: [1, 0, 4, 0] });
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

test('a whole year of reactions is loaded by the same rules, and no order tells whose they are', async () => {
	const classId = await aClass();
	const reactions = SIX.map((name, index) => ({
		classId,
		personId: it.who(name),
		givenOn: '2026-03-08',
		answers: answers((index % 4) + 1, name)
	}));
	expect(await writing(it.agencyId, (tx) => reactInBulk(tx, it.agencyId, reactions), it.db)).toBe(6);
	const late = [
		{ classId: await aClass(), personId: it.who('ani'), givenOn: '2026-05-01', answers: answers(4) }
	];
	await expect(writing(it.agencyId, (tx) => reactInBulk(tx, it.agencyId, late), it.db)).rejects.toMatchObject(
		{
			code: 'evaluation.reaction.notTaken'
		}
	);
});
