import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { town } from '../../../../tests/make/town.ts';
import { cancelOrder } from './commands/cancel-order.ts';
import { moveStaff } from './commands/order-movement.ts';
import { closeUnit, mergeUnits, moveUnit, renameUnit, splitUnit } from './commands/reorganise-units.ts';
import { turnDay } from './commands/turn-day.ts';
import { supervisorOn } from './queries/supervisor.ts';
import { unitHistory } from './queries/unit-history.ts';
import { unitTreeOn } from './queries/units-on.ts';

let it: Awaited<ReturnType<typeof town>>;
const open = async () => void (it = await town());
beforeAll(open);
afterAll(() => it.close());
// Each test begins in the town as it was: another database costs less than remembering what was changed.
beforeEach(async () => {
	await it.close();
	await open();
}, 30_000);

/** Ten in the morning of a day, in the agency's zone. */
const at = (day: string) => ({ now: new Date(`${day}T03:00:00Z`) });
const office = () => it.as('officer', ['people.organise', 'people.read'], '');
const system = () => ({ ...office(), personId: null });
const supervisor = async (name: string): Promise<string | null> => {
	const found = await it.sees((db) =>
		sql<{
			name: string | null;
		}>`select v.name from people.staff s left join people.person v on v.agency_id = s.agency_id and v.id = s.supervisor_id
			where s.person_id = ${it.who(name)}`.execute(db)
	);
	return found.rows[0]?.name ?? null;
};
const supervisorThen = async (name: string, day: string) =>
	(await it.sees((db) => supervisorOn(db, it.who(name), day)))?.name ?? null;
const move = (name: string, unit: keyof typeof it.unit, effectiveOn: string, more: object = {}) => ({
	personId: it.who(name),
	unitId: it.unit[unit],
	title: 'Analis Muda',
	kind: 'functional',
	level: '22',
	effectiveOn,
	reason: 'Mutasi',
	...more
});

describe('a reorganisation', () => {
	const ordered = (unit: keyof typeof it.unit, effectiveOn: string, more: object = {}) => ({
		unitId: it.unit[unit],
		effectiveOn,
		reason: 'Perda SOTK',
		...more
	});
	const orderOf = async (kind: string) =>
		(
			await it.owner.query<{ id: string }>(
				`select id from people.reorganisation where agency_id = $1 and kind = $2`,
				[it.agencyId, kind]
			)
		).rows[0]?.id ?? '';
	const names = async (day: string) => {
		const tree = await it.sees((db) => unitTreeOn(db, office(), day));
		const all: string[] = [];
		const walk = (nodes: typeof tree.roots): void => {
			for (const node of nodes) {
				all.push(`${node.name} ${node.members}`);
				walk(node.children);
			}
		};
		walk(tree.roots);
		return all.sort();
	};
	test('that renames keeps the old name for the days before', async () => {
		await it.does(
			office(),
			renameUnit,
			ordered('plaju', '2026-03-01', { name: 'Unit Baru' }),
			at('2026-06-01')
		);
		expect((await names('2026-02-28')).some((name) => name.startsWith('Unit plaju'))).toBe(true);
		expect((await names('2026-03-01')).some((name) => name.startsWith('Unit Baru'))).toBe(true);
		await expect(
			it.does(office(), renameUnit, ordered('plaju', '2026-02-01', { name: 'Lebih Dulu' }), at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.unit.laterChange' });
		expect((await it.sees((db) => unitHistory(db, it.unit.plaju))).map(({ what }) => what)).toContain(
			'named'
		);
	});
	test('that merges gives everybody a post in the successor, and the old units are still found', async () => {
		await it.does(
			office(),
			mergeUnits,
			ordered('bkpsdm', '2026-03-01', {
				withIds: [it.unit.plaju],
				name: 'Badan Gabungan',
				headId: it.who('officer')
			}),
			at('2026-06-01')
		);
		expect(await names('2026-02-28')).toEqual([
			'Unit bkpsdm 3',
			'Unit kota 0',
			'Unit marelan 1',
			'Unit pelayanan 7',
			'Unit plaju 1'
		]);
		expect(await names('2026-03-01')).toEqual([
			'Badan Gabungan 4',
			'Unit kota 0',
			'Unit marelan 1',
			'Unit pelayanan 7'
		]);
		expect(await supervisor('stranger')).toBe('officer');
		expect(await supervisorThen('trainer', '2026-02-28')).toBe('officer');
		const history = await it.sees((db) => unitHistory(db, it.unit.plaju));
		expect(history).toEqual(
			expect.arrayContaining([expect.objectContaining({ what: 'merged', text: 'Badan Gabungan' })])
		);
		await expect(
			it.does(office(), renameUnit, ordered('plaju', '2026-05-01', { name: 'x' }), at('2026-06-01'))
		).rejects.toMatchObject({ kind: 'missing' });
	});
	test('that merges calls the head after the new unit, as the old one was called', async () => {
		await it.does(
			office(),
			renameUnit,
			ordered('bkpsdm', '2026-02-01', { name: 'Badan Satu', headTitle: 'Kepala Badan Satu' }),
			at('2026-06-01')
		);
		await it.does(
			office(),
			mergeUnits,
			ordered('bkpsdm', '2026-03-01', { withIds: [it.unit.plaju], name: 'Badan Gabungan' }),
			at('2026-06-01')
		);
		const { rows } = await it.owner.query(`select head_title from people.unit where name = 'Badan Gabungan'`);
		expect(rows).toEqual([{ head_title: 'Kepala Badan Gabungan' }]);
	});
	test('that merges by mistake is withdrawn before its day, by whoever may order it, and nothing happens on it', async () => {
		const before = await names('2026-07-01');
		await it.does(
			office(),
			mergeUnits,
			ordered('bkpsdm', '2026-07-01', { withIds: [it.unit.plaju], name: 'Badan Gabungan' }),
			at('2026-06-01')
		);
		const orderId = await orderOf('merge');
		await expect(
			it.does(it.as('officer', ['people.read'], ''), cancelOrder, { orderId }, at('2026-06-02'))
		).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(office(), cancelOrder, { orderId }, at('2026-06-02'));
		await it.does(system(), turnDay, {}, at('2026-07-01'));
		expect(await names('2026-07-01')).toEqual(before);
		await expect(it.does(office(), cancelOrder, { orderId }, at('2026-06-03'))).rejects.toMatchObject({
			code: 'people.order.over'
		});
	});
	test('that merged by mistake is mended by a split: the people part again, and the days between stay true', async () => {
		await it.does(
			office(),
			mergeUnits,
			ordered('bkpsdm', '2026-03-01', { withIds: [it.unit.plaju], name: 'Badan Gabungan' }),
			at('2026-06-01')
		);
		await expect(
			it.does(office(), cancelOrder, { orderId: await orderOf('merge') }, at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.order.over' });
		const { rows } = await it.owner.query<{ id: string }>(
			`select id from people.unit where agency_id = $1 and name = 'Badan Gabungan'`,
			[it.agencyId]
		);
		await it.does(
			office(),
			splitUnit,
			{
				...ordered('bkpsdm', '2026-04-01', {
					names: ['Badan', 'Kelurahan'],
					to: { [it.who('stranger')]: 1 }
				}),
				unitId: rows[0]?.id
			},
			at('2026-06-01')
		);
		expect(await names('2026-02-28')).toEqual(expect.arrayContaining(['Unit bkpsdm 3', 'Unit plaju 1']));
		expect(await names('2026-03-31')).toEqual(expect.arrayContaining(['Badan Gabungan 4']));
		expect(await names('2026-04-01')).toEqual(expect.arrayContaining(['Badan 3', 'Kelurahan 1']));
	});
	test('that splits sends people where the order says, and the rest to the first', async () => {
		await it.does(
			office(),
			splitUnit,
			ordered('pelayanan', '2026-03-01', {
				names: ['Seksi A', 'Seksi B'],
				to: { [it.who('budi')]: 1, [it.who('citra')]: 1 }
			}),
			at('2026-06-01')
		);
		expect((await names('2026-03-01')).filter((name) => name.startsWith('Seksi'))).toEqual([
			'Seksi A 5',
			'Seksi B 2'
		]);
		expect(await supervisor('budi')).toBe('camat');
		expect(await supervisorThen('budi', '2026-02-28')).toBe('kasi');
	});
	test('that keeps the old unit gives a part of its people to the new one', async () => {
		await it.does(
			office(),
			splitUnit,
			ordered('pelayanan', '2026-03-01', { names: ['Seksi Baru'], keeps: true, to: { [it.who('budi')]: 1 } }),
			at('2026-06-01')
		);
		expect((await names('2026-03-01')).filter((name) => /Seksi|pelayanan/.test(name))).toEqual([
			'Seksi Baru 1',
			'Unit pelayanan 6'
		]);
		expect(await supervisor('ani')).toBe('kasi');
	});
	test('that moves a unit takes everything below along, and never below itself', async () => {
		await it.does(
			office(),
			moveUnit,
			ordered('pelayanan', '2026-03-01', { parentId: it.unit.plaju }),
			at('2026-06-01')
		);
		expect(await supervisor('kasi')).toBe('stranger');
		expect(await supervisorThen('kasi', '2026-02-28')).toBe('camat');
		await expect(
			it.does(
				office(),
				moveUnit,
				ordered('plaju', '2026-04-01', { parentId: it.unit.pelayanan }),
				at('2026-06-01')
			)
		).rejects.toMatchObject({ code: 'people.unit.belowItself' });
	});
	test('closes only an empty unit', async () => {
		await expect(
			it.does(office(), closeUnit, ordered('plaju', '2026-03-01'), at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.unit.notEmpty', params: { people: 1, units: 0 } });
		await it.does(office(), moveStaff, move('stranger', 'bkpsdm', '2026-02-01'), at('2026-06-01'));
		await it.does(office(), closeUnit, ordered('plaju', '2026-03-01'), at('2026-06-01'));
		expect((await names('2026-03-01')).join()).not.toContain('plaju');
	});
	test('for a day to come is done on it, or left as failed with the reason while the others go on', async () => {
		await it.does(
			office(),
			renameUnit,
			ordered('plaju', '2026-07-01', { name: 'Unit Juli' }),
			at('2026-06-01')
		);
		await it.does(office(), closeUnit, ordered('bkpsdm', '2026-07-01'), at('2026-06-01'));
		await it.does(system(), turnDay, {}, at('2026-07-01'));
		expect((await names('2026-07-01')).join()).toContain('Unit Juli');
		const { rows } = await it.owner.query(
			`select kind, status, failure from people.reorganisation where agency_id = $1 order by kind`,
			[it.agencyId]
		);
		expect(rows).toEqual([
			{ kind: 'close', status: 'failed', failure: 'people.unit.notEmpty' },
			{ kind: 'rename', status: 'done', failure: null }
		]);
	});
});
