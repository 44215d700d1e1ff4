import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { seedReactionForms } from './public.server.ts';
import { REACTION_ITEMS } from './reaction-items.ts';
import { openReactions } from './server/commands/open-reactions.ts';
import { react } from './server/commands/react.ts';
import { idBytes, pagesHolding } from './test-attacker.ts';
import { answersOf } from './test-forms.ts';

/**
 * The attacker has the whole database as its superuser: every table, every page with its dead rows, the number of the
 * transaction that wrote or removed each row, and the list of who answered in the order of arrival. What they have not is
 * the file with the key. They try to tell whose words are whose, before the box is opened and after.
 */
const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const NOW = new Date('2026-03-07T03:00:00Z');
const LATER = new Date('2026-04-01T03:00:00Z');
const wordsOf = (name: string) => `sandi-${name}-xyzzy`;

let it: Awaited<ReturnType<typeof town>>;
const classes = [newId(), newId(), newId()];

beforeAll(async () => {
	process.env['REACTION_KEY'] = 'a key of the tests only';
	it = await town();
	await it.owner.query('create extension if not exists pageinspect');
	await writing(it.agencyId, (tx) => seedReactionForms(tx, it.agencyId), it.db);
	for (const [at, id] of classes.entries()) {
		await it.owner.query(
			`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
			values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'finished', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
			[it.agencyId, id, `K-${at}`, it.need.versionId]
		);
		for (const name of SIX)
			await it.owner.query(
				`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'passed', '2026-02-01')`,
				[it.agencyId, newId(), id, it.who(name)]
			);
		for (const [index, name] of SIX.entries())
			await it.does(
				it.as(name),
				react,
				{
					classId: id,
					answers: answersOf(REACTION_ITEMS, (index % 4) + 1, wordsOf(name))
				},
				{ now: NOW, key: `key-of-${name}-${at}-long` }
			);
	}
});
afterAll(() => it.close());

const rowsHolding = (bytes: Buffer) => pagesHolding(it.owner, bytes);

describe('while reactions are taken', () => {
	test('no page of the database holds a word of what was written', async () => {
		for (const name of SIX) expect(await rowsHolding(Buffer.from(wordsOf(name)))).toEqual([]);
	});

	test('envelopes all look alike: one size, random ids', async () => {
		const { rows } = await it.owner.query<{ size: number; id: string }>(
			'select length(sealed) as size, id from evaluation.reaction_envelope'
		);
		expect(rows).toHaveLength(18);
		expect(new Set(rows.map(({ size }) => size)).size).toBe(1);
		expect(rows.every(({ id }) => id[14] === '4')).toBe(true);
	});
});

describe('after all were opened together', () => {
	beforeAll(async () => {
		const clock = { ...it.as('officer', ['evaluation.read'], ''), personId: null };
		for (const classId of classes) await it.does(clock, openReactions, { classId }, { now: LATER });
	});

	test('no transaction that touched a person’s rows touched anybody’s answers, dead rows included', async () => {
		const ofPeople = new Set(
			(await Promise.all(SIX.map((name) => rowsHolding(idBytes(it.who(name))))))
				.flat()
				.flatMap(({ writer, remover }) => [writer, remover])
		);
		const answers = (await Promise.all(SIX.map((name) => rowsHolding(Buffer.from(wordsOf(name)))))).flat();
		expect(new Set(answers.map(({ table }) => table))).toEqual(new Set(['evaluation.reaction_answer']));
		const ofAnswers = new Set(answers.flatMap(({ writer, remover }) => [writer, remover]));
		ofAnswers.delete('0');
		// One transaction a class, however many answered.
		expect(ofAnswers.size).toBe(classes.length);
		expect([...ofAnswers].filter((number) => ofPeople.has(number))).toEqual([]);
	});

	test('their place in the file is not the order in which people came', async () => {
		// Of 6! orders one is that of arrival; three classes all in that order would be one chance in 373 million.
		const arrival = SIX.map(wordsOf).join();
		const orders = await Promise.all(
			classes.map(async (id) => {
				const { rows } = await it.owner.query<{ remark: string }>(
					`select remark from evaluation.reaction_answer where class_id = $1 and item_code = 'A.02' order by ctid`,
					[id]
				);
				return rows.map(({ remark }) => remark).join();
			})
		);
		expect(orders).not.toEqual([arrival, arrival, arrival]);
	});

	test('two answers of one form share nothing: no column tells who or when, and the ids are drawn at random', async () => {
		const columns = await it.owner.query<{ table_name: string; column_name: string; data_type: string }>(
			`select table_name, column_name, data_type from information_schema.columns where table_schema = 'evaluation'
				and table_name in ('reaction_answer', 'reaction_given', 'reaction_box', 'reaction_envelope')`
		);
		const of = (table: string) =>
			columns.rows.flatMap((row) => (row.table_name === table ? row.column_name : [])).sort();
		const marks = ['grade', 'grade_before', 'id', 'item_code', 'remark', 'score'];
		expect(of('reaction_answer')).toEqual(['agency_id', 'class_id', ...marks]);
		expect(of('reaction_given')).toEqual(['agency_id', 'class_id', 'given_on', 'person_id']);
		expect(of('reaction_envelope')).toEqual(['agency_id', 'class_id', 'id', 'sealed']);
		expect(columns.rows.filter(({ data_type }) => /time/.test(data_type))).toEqual([]);
		const { rows } = await it.owner.query<{ id: string }>('select id from evaluation.reaction_answer');
		expect(rows).toHaveLength(18 * REACTION_ITEMS.length);
		expect(rows.every(({ id }) => id[14] === '4')).toBe(true);
	});

	test('neither envelopes nor the key to them are left, and no event, audit line or idempotency key tells a minute', async () => {
		const left = await it.owner.query(
			'select from evaluation.reaction_envelope union all select from evaluation.reaction_box where locked_key is not null'
		);
		expect(left.rows).toEqual([]);
		for (const table of ['platform.event', 'platform.idempotency'])
			expect(
				(await it.owner.query(`select * from ${table} where agency_id = $1`, [it.agencyId])).rows
			).toEqual([]);
		const audit = await it.owner.query<{ command: string }>(
			'select distinct command from platform.audit where agency_id = $1',
			[it.agencyId]
		);
		expect(audit.rows).toEqual([{ command: 'evaluation.openReactions' }]);
	});

	test('not even the app can rewrite or take back', async () => {
		const rights = await it.owner.query<{ right: string }>(
			`select distinct privilege_type as right from information_schema.role_table_grants
			where grantee = 'asah_app' and table_schema = 'evaluation' and table_name in ('reaction_answer', 'reaction_given')`
		);
		const names = rights.rows.map(({ right }) => right);
		expect(names).not.toContain('UPDATE');
		expect(names).not.toContain('DELETE');
	});
});
