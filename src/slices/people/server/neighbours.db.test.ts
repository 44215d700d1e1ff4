import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { town } from '../../../../tests/make/town.ts';
import { mergeUnits } from './commands/reorganise-units.ts';
import { addNeighbours, setNeighbours } from './commands/set-neighbours.ts';
import { adjoining, neighbourMap, neighboursOf } from './queries/neighbours.ts';

let it: Awaited<ReturnType<typeof town>>;
const open = async () => {
	it = await town();
	await it.owner.query(
		`update people.unit set kind = 'kecamatan', name = replace(name, 'Unit', 'Kecamatan') where agency_id = $1 and id = any($2)`,
		[it.agencyId, [it.unit.marelan, it.unit.plaju, it.unit.bkpsdm]]
	);
};
beforeAll(open);
afterAll(() => it.close());
beforeEach(async () => {
	await it.close();
	await open();
}, 30_000);

const office = () => it.as('officer', ['people.organise', 'people.read'], '');
const set = (unit: keyof typeof it.unit, ...others: (keyof typeof it.unit)[]) =>
	it.does(office(), setNeighbours, {
		unitId: it.unit[unit],
		neighbourIds: others.map((key) => it.unit[key])
	});
const of = async (unit: keyof typeof it.unit, actor = office()) =>
	(await it.sees((db) => neighboursOf(db, actor, it.unit[unit]))).map(({ name }) => name.split(' ')[1]);

describe('neighbours of a kecamatan', () => {
	test('are told from either side, and taken back from either side', async () => {
		await set('marelan', 'plaju', 'bkpsdm', 'plaju');
		expect(await of('marelan')).toEqual(['bkpsdm', 'plaju']);
		expect(await of('plaju')).toEqual(['marelan']);
		await set('plaju');
		expect(await of('marelan')).toEqual(['bkpsdm']);
		await set('plaju', 'marelan');
		expect(await it.sees(adjoining)).toHaveLength(2);
	});

	test('are kecamatan that stand, others than itself', async () => {
		for (const wrong of ['marelan', 'pelayanan', 'kota'] as const)
			await expect(set('marelan', wrong)).rejects.toMatchObject({
				issues: [{ path: 'neighbourIds', code: 'people.neighbours.notSubdistrict' }]
			});
		await expect(set('pelayanan', 'marelan')).rejects.toMatchObject({ kind: 'invalid' });
		await it.owner.query(`update people.unit set valid_to = '2026-01-01' where id = $1`, [it.unit.plaju]);
		await expect(set('marelan', 'plaju')).rejects.toMatchObject({ kind: 'invalid' });
		await expect(set('plaju', 'marelan')).rejects.toMatchObject({ code: 'people.unit.gone' });
		await expect(
			it.owner.query(
				`insert into people.neighbour (agency_id, unit_id, other_id, made_by, made_at)
				values ($1, greatest($2::uuid, $3::uuid), least($2::uuid, $3::uuid), 'uji', now())`,
				[it.agencyId, it.unit.marelan, it.unit.bkpsdm]
			)
		).rejects.toThrow('neighbour_check');
	});

	test('are set for the whole agency by who orders its units, and by nobody else', async () => {
		const input = { unitId: it.unit.marelan, neighbourIds: [] };
		for (const actor of [
			it.as('camat', ['people.organise', 'people.staffing', 'people.read']),
			it.as('officer', ['people.read', 'people.staffing'], '')
		]) {
			await expect(it.does(actor, setNeighbours, input)).rejects.toMatchObject({ kind: 'forbidden' });
			await expect(it.does(actor, addNeighbours, { text: 'a: b' })).rejects.toMatchObject({
				kind: 'forbidden'
			});
		}
	});

	test('two who save at once end with what the later one said', async () => {
		await Promise.all([set('marelan', 'plaju'), set('plaju', 'marelan', 'bkpsdm'), set('bkpsdm', 'plaju')]);
		expect(await of('plaju')).toContain('bkpsdm');
	});
});

describe('a list of neighbours', () => {
	test('adds pairs beside those that are known, or nothing at all', async () => {
		await set('marelan', 'plaju');
		const add = (text: string) => it.does(office(), addNeighbours, { text });
		expect(await add('Kecamatan bkpsdm: marelan, plaju\nplaju: Marelan')).toEqual({ pairs: 3, added: 2 });
		expect(await it.sees(adjoining)).toHaveLength(3);
		await set('marelan');
		await expect(add('marelan: plaju\nbkpsdm: Binjai')).rejects.toMatchObject({
			issues: [{ path: 'text', code: 'people.neighbours.unknown', params: { line: 2, name: 'Binjai' } }]
		});
		expect(await it.sees(adjoining)).toHaveLength(1);
	});
});

describe('the map', () => {
	test('shows the kecamatan that somebody may read, with the names of all their neighbours', async () => {
		await set('marelan', 'plaju');
		const seen = (actor: ReturnType<typeof office>) => it.sees((db) => neighbourMap(db, actor));
		expect(await seen(office())).toHaveLength(3);
		const camat = it.as('camat', ['people.read']);
		expect(await seen(camat)).toEqual([
			{ id: it.unit.marelan, name: 'Kecamatan marelan', neighbours: ['Kecamatan plaju'] }
		]);
		expect(await it.sees((db) => neighboursOf(db, camat, it.unit.marelan))).toMatchObject([
			{ name: 'Kecamatan plaju', readable: false }
		]);
		await expect(seen(it.as('ani'))).rejects.toMatchObject({ kind: 'missing' });
	});

	test('follows a merger: what either adjoined the new one adjoins, and what has ended is left out', async () => {
		await set('marelan', 'plaju', 'bkpsdm');
		await it.does(
			office(),
			mergeUnits,
			{
				unitId: it.unit.marelan,
				withIds: [it.unit.plaju],
				intoId: it.unit.plaju,
				effectiveOn: '2030-06-03',
				reason: 'Penataan'
			},
			{ now: new Date('2030-06-03T03:00:00Z') }
		);
		expect(await of('plaju')).toEqual(['bkpsdm']);
		expect(await it.sees(adjoining)).toHaveLength(1);
	});
});
