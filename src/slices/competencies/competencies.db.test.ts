import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { createAgency } from '#app/server/agency.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { competencyById, dictionaryOn, requiredLevelsFor } from './public.server.ts';
import { setRequiredLevel } from './server/commands/set-required-level.ts';
import { requiredLevels, requiredRules } from './server/queries/required.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let owner: ReturnType<typeof openKysely>;
let agencyId: string;

const agency = (code: string) => ({
	code,
	name: 'Kota Uji',
	city: 'Uji',
	timeZone: 'Asia/Jakarta',
	isDemo: false
});
const actor = (...abilities: Ability[]): Actor => ({
	agencyId,
	accountId: 'account',
	personId: null,
	name: 'BKPSDM',
	unitPath: '',
	hat: null,
	grants: abilities.map((ability) => ({ ability, unitPath: '' }))
});
const sets = (input: unknown, who = actor('competencies.edit')) =>
	run(setRequiredLevel, { actor: who, input, kysely: base.db });
const sees = <T>(read: Parameters<typeof reading<T>>[1]) => reading(agencyId, read, base.db);
const decree = (change: object = {}) => ({
	postLevel: '06',
	level: 2,
	legalBasis: 'SK 1/2026',
	validFrom: '2026-07-01',
	...change
});

beforeAll(async () => {
	base = await testDatabase();
	owner = openKysely(openPool(base.url, null, 2));
	agencyId = await owner.transaction().execute((tx) => createAgency(tx, agency('uji')));
	await owner.transaction().execute((tx) => createAgency(tx, agency('tetangga')));
});
afterAll(async () => {
	await owner.destroy();
	await base.drop();
});

describe('the dictionary of a new agency', () => {
	test('holds the nine competencies, eight managerial and one sociocultural, in their order', async () => {
		const { competencies, legalBasis } = await sees((db) => dictionaryOn(db, '2026-11-21'));
		expect(competencies.map(({ code }) => code)).toEqual([
			'M.01',
			'M.02',
			'M.03',
			'M.04',
			'M.05',
			'M.06',
			'M.07',
			'M.08',
			'SK.01'
		]);
		expect(competencies.filter(({ family }) => family === 'managerial')).toHaveLength(8);
		expect(legalBasis).toContain('PermenPANRB Nomor 38 Tahun 2017');
	});

	test('describes each of five levels by three behaviours', async () => {
		const { competencies } = await sees((db) => dictionaryOn(db, '2026-11-21'));
		for (const { id } of competencies) {
			const { levels } = await sees((db) => competencyById(db, id));
			expect(levels.map(({ level, indicators }) => [level, indicators.length])).toEqual(
				[1, 2, 3, 4, 5].map((level) => [level, 3])
			);
		}
	});

	test('is not there before its regulation', async () => {
		await expect(sees((db) => dictionaryOn(db, '2016-01-01'))).rejects.toThrow(
			'competencies.dictionary.none'
		);
	});
});

describe('the level a post must have', () => {
	test.each([
		['06', 1],
		['05', 2],
		['04', 3],
		['03', 4],
		['01', 5],
		['11', 1],
		['14', 3],
		['21', 2],
		['23', 4],
		['24', 5]
	])('starts, for post level %s, at %i in all nine', async (postLevel, level) => {
		const rows = await sees((db) => requiredLevelsFor(db, postLevel, '2026-01-01'));
		expect(rows.map((row) => row.level)).toEqual(Array.from({ length: 9 }, () => level));
	});

	test('is nothing for a post level that no rule names', async () => {
		expect(await sees((db) => requiredLevelsFor(db, '99', '2026-01-01'))).toEqual([]);
	});

	test('changes from the day of a decree on, and never before', async () => {
		await sets(decree());
		const on = async (day: string) => (await sees((db) => requiredLevelsFor(db, '06', day)))[0]?.level;
		expect(await on('2026-06-30')).toBe(1);
		expect(await on('2026-07-01')).toBe(2);
		const rules = await sees((db) => requiredRules(db));
		expect(
			rules
				.filter((rule) => rule.postLevel === '06')
				.map((rule) => [rule.validFrom, rule.validTo, rule.level])
		).toEqual([
			['2026-07-01', null, 2],
			['2018-01-01', '2026-07-01', 1]
		]);
	});

	test('for one competency wins over the level for all', async () => {
		const { competencies } = await sees((db) => dictionaryOn(db, '2026-11-21'));
		const service = competencies.find(({ code }) => code === 'M.05')?.id ?? '';
		await sets(decree({ postLevel: '12', competencyId: service, level: 4 }));
		const rows = await sees((db) => requiredLevelsFor(db, '12', '2026-08-01'));
		expect(rows.filter((row) => row.level === 4).map((row) => row.competencyId)).toEqual([service]);
		expect(rows.filter((row) => row.level === 2)).toHaveLength(8);
	});

	test('refuses a decree dated on or before the newest one', async () => {
		await sets(decree({ postLevel: '05', level: 3 }));
		await expect(sets(decree({ postLevel: '05', level: 4 }))).rejects.toMatchObject({
			code: 'competencies.required.notAfter',
			params: { from: '2026-07-01' }
		});
	});

	test('refuses a competency that does not exist, and input out of shape field by field', async () => {
		await expect(
			sets(decree({ competencyId: '019b0000-0000-7000-8000-000000000000', validFrom: '2027-01-01' }))
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			sets({ postLevel: '7', level: 6, legalBasis: '', validFrom: '2026-02-30' })
		).rejects.toMatchObject({
			kind: 'invalid',
			issues: [
				{ path: 'postLevel', code: 'kernel.field.choose' },
				{ path: 'level', code: 'kernel.field.tooBig' },
				{ path: 'legalBasis', code: 'kernel.field.tooShort' },
				{ path: 'validFrom', code: 'kernel.field.date' }
			]
		});
	});

	test('is set by whoever may edit standards, and nobody else', async () => {
		await expect(
			sets(decree({ postLevel: '04' }), actor('competencies.read', 'needs.run'))
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('is set once when two people decree at the same moment', async () => {
		const both = await Promise.allSettled(
			[3, 4].map((level) => sets(decree({ postLevel: '13', level, legalBasis: `SK ${level}/2026` })))
		);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const rules = (await sees((db) => requiredRules(db))).filter((rule) => rule.postLevel === '13');
		expect(rules.map((rule) => rule.validTo)).toEqual([null, '2026-07-01']);
	});

	test('cannot hold twice on one day, not even by raw SQL', async () => {
		const pool = new pg.Pool({ connectionString: base.url, max: 1 });
		await expect(
			pool.query(
				`insert into competencies.required_level (agency_id, id, post_level, competency_id, level, legal_basis, valid_from)
				values ($1, gen_random_uuid(), '06', null, 5, 'x', '2027-01-01')`,
				[agencyId]
			)
		).rejects.toThrow('required_level_once');
		await pool.end();
	});

	test('of one agency is its own affair', async () => {
		const rows = await sees((db) => requiredLevels(db, '2026-08-01'));
		const agencies = await sees((db) =>
			sql<{ n: number }>`select count(distinct agency_id)::int as n from competencies.required_level`.execute(
				db
			)
		);
		expect(agencies.rows[0]?.n).toBe(1);
		expect(rows).toHaveLength(14 * 9);
	});
});
