import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { cycleHome } from '#app/server/homes/cycle.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { seedJpRates } from '#slices/credentials/public.server.ts';
import { town } from '../../../tests/make/town.ts';
import { freezeReport } from './server/commands.ts';
import { hoursByUnit, hoursOfPeople } from './server/learning-hours.ts';
import { snapshots } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
/**
 * The town's JP of 2026 by hand. Pelayanan (7): ani 20, budi 8 + 12, citra 19.5, fitri 30; dewi's 20 were rejected, eko's
 * wait, kasi has none. Bkpsdm: officer none, coach (PPPK) 20, trainer is an official and owes nothing. Camat of Marelan
 * learned in 2025; stranger of Plaju has none.
 */
beforeAll(async () => {
	it = await town();
	await writing(it.agencyId, (tx) => seedJpRates(tx, it.agencyId), it.db);
	for (const [name, jp, status, year] of [
		['ani', 20, 'counted', 2026],
		['budi', 8, 'counted', 2026],
		['budi', 12, 'counted', 2026],
		['citra', 19.5, 'counted', 2026],
		['dewi', 20, 'rejected', 2026],
		['eko', 20, 'waiting', 2026],
		['fitri', 30, 'counted', 2026],
		['coach', 20, 'counted', 2026],
		['trainer', 5, 'counted', 2026],
		['camat', 40, 'counted', 2025]
	] as const)
		await it.owner.query(
			`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, learning_hours, rule, status, created_at)
			values ($1, $2, $3, 'external', 'KL03', 'Pelatihan', make_date($4, 6, 1), make_date($4, 6, 2), $4, $5, '{}', $6, now())`,
			[it.agencyId, newId(), it.who(name), year, jp, status]
		);
	const kind = (name: string, employment: string) =>
		it.owner.query('update people.person set employment_kind = $2 where id = $1', [it.who(name), employment]);
	await kind('coach', 'PPPK');
	await kind('trainer', 'OFFICIAL');
});
afterAll(() => it.close());

const office = () => it.as('officer', ['reports.read'], '');
const camat = () => it.as('camat', ['reports.read']);
const kasi = () => it.as('kasi', ['reports.read']);
const byUnit = async (actor = office(), parentId: string | null = null, year = 2026) =>
	(await it.sees((db) => hoursByUnit(db, actor, year, parentId))).map(
		({ unit, people, reached, mean, none, target }) => [unit, people, reached, mean, none, target]
	);
const people = (actor: ReturnType<typeof office>, unitId: string, page = 1) =>
	it.sees((db) => hoursOfPeople(db, actor, 2026, unitId, page));

describe('JP of 20 by unit', () => {
	test('tells a unit’s own people from the units below it', async () => {
		const rows = await it.sees((db) => hoursByUnit(db, office(), 2026, it.unit.marelan));
		expect(rows.map(({ unit, people, direct }) => [unit, people, direct])).toEqual([
			['Unit marelan', 1, true],
			['Unit pelayanan', 7, false]
		]);
		expect((await it.sees((db) => hoursByUnit(db, office(), 2026, null))).map((row) => row.direct)).toEqual([
			false,
			false,
			false
		]);
	});
	test('counts what counts: people, who reached it, mean, and who has none; least first', async () => {
		expect(await byUnit()).toEqual([
			['Unit plaju', 1, 0, 0, 1, 20],
			// 3 of 8; (20 + 20 + 19.5 + 30) / 8; without: camat, kasi, dewi, eko
			['Unit marelan', 8, 3, 11.2, 4, 20],
			['Unit bkpsdm', 2, 1, 10, 1, 20]
		]);
	});

	test('opens downwards: the unit’s own people beside the units below, and the sums agree', async () => {
		expect(await byUnit(office(), it.unit.marelan)).toEqual([
			['Unit marelan', 1, 0, 0, 1, 20],
			['Unit pelayanan', 7, 3, 12.8, 3, 20]
		]);
	});

	test('by the year in which hours count, and by the target in force at its end', async () => {
		const marelan2025 = (await byUnit(office(), null, 2025)).find(([unit]) => unit === 'Unit marelan');
		expect(marelan2025).toEqual(['Unit marelan', 8, 1, 5, 7, 20]);
		await it.owner.query(
			`insert into credentials.jp_target (agency_id, id, employment_kind, nature, learning_hours, legal_basis, valid_from)
			values ($1, $2, 'PNS', 'minimum', 24, 'uji', '2026-12-31')`,
			[it.agencyId, newId()]
		);
		const stricter = (await byUnit()).find(([unit]) => unit === 'Unit marelan');
		expect(stricter).toEqual(['Unit marelan', 8, 1, 11.2, 4, 24]);
		await it.owner.query(`delete from credentials.jp_target where agency_id = $1 and legal_basis = 'uji'`, [
			it.agencyId
		]);
	});

	test('on the first page of the training office says the same', async () => {
		const reports = async () => {
			const { stages } = await it.sees((db) => cycleHome(db, '2026-11-01'));
			const stage = stages.find(({ room }) => room === 'reports');
			return [stage?.count, stage?.late];
		};
		expect(await reports()).toEqual([4, 7]);
		await it.owner.query(
			`update credentials.jp_target set learning_hours = 19 where agency_id = $1 and employment_kind = 'PNS' and nature = 'minimum'`,
			[it.agencyId]
		);
		expect(await reports()).toEqual([5, 6]);
		await it.owner.query(
			`update credentials.jp_target set learning_hours = 20 where agency_id = $1 and employment_kind = 'PNS' and nature = 'minimum'`,
			[it.agencyId]
		);
	});
});

describe('a unit head', () => {
	test('sees the own subtree under its own name, and nothing beside or above it', async () => {
		expect(await byUnit(camat())).toEqual([
			['Unit marelan', 1, 0, 0, 1, 20],
			['Unit pelayanan', 7, 3, 12.8, 3, 20]
		]);
		expect(await byUnit(kasi())).toEqual([['Unit pelayanan', 7, 3, 12.8, 3, 20]]);
		expect(await byUnit(camat(), it.unit.plaju)).toEqual([]);
		expect(await byUnit(it.as('ani'))).toEqual([]);
	});

	test('with two units, one inside the other, counts nobody twice', async () => {
		const both = camat();
		const inside = { ability: 'reports.read', unitPath: 'kota.marelan.pelayanan' } as const;
		expect(await byUnit({ ...both, grants: [...both.grants, inside] })).toEqual(await byUnit(camat()));
		const beside = { ability: 'reports.read', unitPath: 'kota.plaju' } as const;
		expect((await byUnit({ ...both, grants: [...both.grants, beside] })).map(([unit]) => unit)).toEqual([
			'Unit marelan',
			'Unit plaju',
			'Unit pelayanan'
		]);
	});

	test('opens the people of the own units; the unit next door, and the one above, do not exist', async () => {
		expect(await people(camat(), it.unit.pelayanan)).toMatchObject({ unit: 'Unit pelayanan', total: 7 });
		for (const unitId of [it.unit.plaju, it.unit.kota, newId()])
			await expect(people(camat(), unitId)).rejects.toMatchObject({ kind: 'missing' });
		await expect(people(kasi(), it.unit.marelan)).rejects.toMatchObject({ kind: 'missing' });
		await expect(people(it.as('ani'), it.unit.pelayanan)).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('JP of 20 by person', () => {
	test('each with the hours that count and the target, fewest first; who owes nothing is left out', async () => {
		const { rows, total } = await people(office(), it.unit.kota);
		expect(total).toBe(11);
		expect(rows.map(({ name, jp, target }) => [name, jp, target])).toEqual([
			['camat', 0, 20],
			['dewi', 0, 20],
			['eko', 0, 20],
			['kasi', 0, 20],
			['officer', 0, 20],
			['stranger', 0, 20],
			['citra', 19.5, 20],
			['ani', 20, 20],
			['budi', 20, 20],
			['coach', 20, 20],
			['fitri', 30, 20]
		]);
	});

	test('never carries a NIP to the page: the list has no use for it', async () => {
		const told = JSON.stringify(await people(office(), it.unit.kota));
		expect(told).not.toContain(it.nip('ani'));
	});

	test('a page beyond the last is empty', async () => {
		expect((await people(office(), it.unit.kota, 2)).rows).toEqual([]);
	});
});

describe('a frozen report', () => {
	test('keeps the figures of the moment with their fingerprint, whatever changes after', async () => {
		const { snapshotId } = await it.does(office(), freezeReport, { year: 2026 });
		const units = await it.sees((db) => hoursByUnit(db, office(), 2026, null));
		await it.owner.query(`update credentials.jp_entry set status = 'counted' where person_id = $1`, [
			it.who('eko')
		]);
		const { rows } = await it.owner.query<{ facts: { year: number; units: object[] }; sha256: string }>(
			'select facts, sha256 from reports.snapshot where id = $1',
			[snapshotId]
		);
		expect(rows[0]?.facts).toEqual({ year: 2026, units });
		const said = createHash('sha256')
			.update(JSON.stringify({ year: 2026, units }))
			.digest('hex');
		expect(rows[0]?.sha256).toBe(said);
		expect(await it.sees(snapshots)).toMatchObject([{ id: snapshotId, sha256: said, madeBy: 'officer' }]);
		await it.owner.query(`update credentials.jp_entry set status = 'waiting' where person_id = $1`, [
			it.who('eko')
		]);
	});

	test('is made for the whole agency or not at all', async () => {
		await expect(it.does(camat(), freezeReport, { year: 2026 })).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('is rewritten by nobody, not even by the app', async () => {
		const rights = await it.owner.query<{ privilege_type: string }>(
			`select distinct privilege_type from information_schema.role_table_grants
			where grantee = 'asah_app' and table_schema = 'reports' and table_name = 'snapshot'`
		);
		const names = rights.rows.map((row) => row.privilege_type);
		expect(names).not.toContain('UPDATE');
		expect(names).not.toContain('DELETE');
	});
});

test('another agency sees no hours, no people and no reports of this one', async () => {
	const other = newId();
	await it.owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'lain', 'Kota Lain', 'Lain', 'Asia/Jakarta')`,
		[other]
	);
	expect(await reading(other, (db) => hoursByUnit(db, office(), 2026, null), it.db)).toEqual([]);
	expect(await reading(other, snapshots, it.db)).toEqual([]);
	await expect(
		reading(other, (db) => hoursOfPeople(db, office(), 2026, it.unit.kota, 1), it.db)
	).rejects.toMatchObject({ kind: 'missing' });
});
