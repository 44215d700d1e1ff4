import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { splits } from '../../../tests/make/splits.ts';
import { setNeighbours } from '#slices/people/server/commands/set-neighbours.ts';
import { createRoom } from './server/commands/write-room.ts';
import { changeSplit } from './server/commands/start-split.ts';
import { personInSplit } from './server/queries/person-in-split.ts';
import { cohortsOf, peopleIn } from './server/queries/split-sheet.ts';

let it: Awaited<ReturnType<typeof splits>>;
const ALL = { limit: 100, offset: 0 };

/** Marelan, Plaju and the training office's own place are kecamatan; who adjoins whom each test says. */
beforeAll(async () => {
	it = await splits();
	await it.owner.query(`update people.unit set kind = 'kecamatan' where agency_id = $1 and id = any($2)`, [
		it.agencyId,
		[it.unit.marelan, it.unit.plaju, it.unit.bkpsdm]
	]);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const adjoins = (...units: ('plaju' | 'bkpsdm')[]) =>
	it.does(it.as('officer', ['people.organise'], ''), setNeighbours, {
		unitId: it.unit.marelan,
		neighbourIds: units.map((unit) => it.unit[unit])
	});
/** A class in Marelan with one seat, wanted by one from Plaju and one from the training office. */
async function oneSeat() {
	const { classId } = await it.aClass({ seats: 1 });
	const splitId = await it.start([classId], ['stranger', 'coach']);
	await it.does(it.splitter, changeSplit, {
		splitId,
		mixing: 'free',
		places: [{ classId, unitId: it.unit.marelan }]
	});
	await it.solve(splitId);
	const places = await it.places(splitId);
	const [name] = Object.entries(places).find(([, at]) => at !== null) ?? [];
	return { classId, splitId, name };
}

describe('a split', () => {
	test('prefers whoever comes from a neighbouring kecamatan to who comes from farther', async () => {
		await adjoins('plaju');
		expect((await oneSeat()).name).toBe('stranger');
		await adjoins('bkpsdm');
		expect((await oneSeat()).name).toBe('coach');
	});

	test('sends people to the class next door rather than across the city', async () => {
		const here = await it.aClass({ seats: 1 });
		const there = await it.aClass({ seats: 5, from: '13:00', to: '15:00' });
		const splitId = await it.start([here.classId, there.classId], ['ani', 'stranger', 'coach']);
		await adjoins('plaju');
		await it.does(it.splitter, changeSplit, {
			splitId,
			mixing: 'free',
			places: [
				{ classId: here.classId, unitId: it.unit.marelan },
				{ classId: there.classId, unitId: it.unit.plaju }
			]
		});
		await it.solve(splitId);
		expect(await it.places(splitId)).toEqual({
			ani: here.classId,
			stranger: there.classId,
			coach: there.classId
		});
		const sheet = await it.sheet(splitId);
		expect(cohortsOf(sheet).find(({ id }) => id === there.classId)?.near).toEqual({
			same: 1,
			neighbouring: 0,
			farther: 1
		});
		const { people } = peopleIn(sheet, { at: null, search: '' }, ALL);
		expect(Object.fromEntries(people.map(({ name, at }) => [name, at?.apart]))).toEqual({
			ani: 0,
			stranger: 0,
			coach: 2
		});
		const ani = await it.sees((db) => personInSplit(db, it.splitter, splitId, it.who('ani')));
		expect(ani.choices.map(({ id, apart }) => [id, apart])).toEqual(
			expect.arrayContaining([
				[here.classId, 0],
				[there.classId, 1]
			])
		);
	});

	test('of people and classes whose place nobody knows says nothing of the way', async () => {
		const { classId } = await it.aClass({ seats: 2 });
		const splitId = await it.start([classId], ['ani', 'stranger']);
		await it.solve(splitId);
		expect(cohortsOf(await it.sheet(splitId))[0]?.near).toBeNull();
	});

	test('takes the kecamatan of the room that a class has, where nobody said another', async () => {
		await adjoins();
		const { roomId } = await it.does(it.office, createRoom, {
			code: 'camat',
			name: 'Aula Kantor Camat',
			seats: 20,
			unitId: it.unit.marelan
		});
		const { classId, sessionId } = await it.aClass({ seats: 2 });
		await it.owner.query('update classes.session set room_id = $2 where id = $1', [sessionId, roomId]);
		const splitId = await it.start([classId], ['ani', 'stranger']);
		await it.solve(splitId);
		expect(cohortsOf(await it.sheet(splitId))[0]?.near).toEqual({ same: 1, neighbouring: 0, farther: 1 });
		await adjoins('plaju');
		expect(cohortsOf(await it.sheet(splitId))[0]?.near).toEqual({ same: 1, neighbouring: 1, farther: 0 });
	});
});
