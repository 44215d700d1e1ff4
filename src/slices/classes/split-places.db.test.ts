import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { splits } from '../../../tests/make/splits.ts';
import { applySplit } from './server/commands/apply-split.ts';
import { moveInSplit } from './server/commands/move-in-split.ts';
import { recordAbsence } from './server/commands/record-absence.ts';
import { setSplitPlaces } from './server/commands/set-split-places.ts';
import { closeRoom, createRoom } from './server/commands/write-room.ts';
import { changeSession } from './server/commands/write-session.ts';
import { placesFor } from './server/queries/split-places.ts';
import { cohortsOf, peopleIn } from './server/queries/split-sheet.ts';

let it: Awaited<ReturnType<typeof splits>>;
let office: Actor;
let rooms: Record<'small' | 'large', string>;

beforeAll(async () => {
	it = await splits();
	office = it.splitter;
	const room = async (code: string, seats: number) =>
		(await it.does(office, createRoom, { code, name: `Ruang ${code}`, seats })).roomId;
	rooms = { small: await room('kecil', 3), large: await room('besar', 30) };
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const given = async (splitId: string) =>
	cohortsOf(await it.sheet(splitId)).map(({ room, facilitator, lacks }) => ({ room, facilitator, lacks }));
const session = async (sessionId: string) =>
	(
		await it.owner.query<{ room: string | null; leader: string | null }>(
			`select r.name as room, p.name as leader from classes.session s left join classes.room r on r.id = s.room_id
			left join people.person p on p.id = s.facilitator_id where s.id = $1`,
			[sessionId]
		)
	).rows[0];
const all = { limit: 100, offset: 0 };
const choose = (splitId: string, more: object = {}) =>
	it.does(office, setSplitPlaces, {
		splitId,
		rooms: [rooms.small, rooms.large],
		facilitators: [it.who('trainer')],
		...more
	});

describe('rooms and facilitators of a split', () => {
	test('are found for its classes and given to them when it is applied', async () => {
		const { classId, sessionId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['ani', 'stranger']);
		await choose(splitId);
		await it.solve(splitId);
		// The small room has too few seats for the class.
		expect(await given(splitId)).toEqual([
			{ room: 'Ruang besar', facilitator: 'trainer', lacks: { room: false, facilitator: false } }
		]);
		expect(await session(sessionId)).toEqual({ room: null, leader: null });
		await it.does(office, applySplit, { splitId });
		expect(await session(sessionId)).toEqual({ room: 'Ruang besar', leader: 'trainer' });
		const placed = await it.owner.query('select place from classes.class where id = $1', [classId]);
		expect(placed.rows).toEqual([{ place: 'Ruang besar' }]);
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', stranger: 'enrolled' });
		expect(await it.told('classes.sessionChanged', classId)).toBe(1);
	});

	test('stand once at an hour: the class that gets none says so, and what one more would do', async () => {
		const one = await it.aClass({ seats: 4 });
		const two = await it.aClass({ seats: 4 });
		const splitId = await it.start(
			[one.classId, two.classId],
			['ani', 'budi', 'citra', 'dewi', 'eko', 'stranger']
		);
		await choose(splitId, { facilitators: [] });
		await it.solve(splitId);
		const found = await it.sheet(splitId);
		const cohorts = cohortsOf(found);
		expect(cohorts.map(({ room }) => room).sort()).toEqual(['Ruang besar', null].sort());
		expect(cohorts.filter(({ lacks }) => lacks.room)).toHaveLength(1);
		const { people, total } = peopleIn(found, { at: 'none', search: '' }, all);
		expect(total).toBe(2);
		expect(people[0]?.why).toMatchObject({
			reason: { kind: 'noRoom', seats: 4, day: it.today() },
			changes: [{ kind: 'room', hours: 2, seats: 4, day: it.today() }]
		});
		const roomless = cohorts.find(({ lacks }) => lacks.room)?.id ?? '';
		await expect(
			it.does(office, moveInSplit, {
				splitId,
				personId: people[0]?.id ?? '',
				classId: roomless,
				anyway: true
			})
		).rejects.toMatchObject({ code: 'classes.split.noRoom', params: { day: it.today(), seats: 4 } });
	});

	test('are none that are closed, taken, on leave or teaching then', async () => {
		const { classId } = await it.aClass({ seats: 4 });
		const splitId = await it.start([classId], ['ani']);
		await it.does(office, closeRoom, {
			roomId: rooms.large,
			startsOn: it.today(),
			endsOn: it.today(),
			reason: 'Perbaikan atap'
		});
		await it.does(office, recordAbsence, {
			nip: it.nip('trainer'),
			kind: 'leave',
			startsOn: it.today(),
			endsOn: it.today()
		});
		await choose(splitId);
		await it.solve(splitId);
		expect(await given(splitId)).toEqual([
			{ room: null, facilitator: null, lacks: { room: true, facilitator: true } }
		]);
		const [ani] = peopleIn(await it.sheet(splitId), { at: 'none', search: '' }, all).people;
		expect(ani?.why?.changes.map(({ kind }) => kind)).toEqual(['room', 'facilitator']);
		// Without lists to choose from, rooms and facilitators are left to the schedule.
		await it.does(office, setSplitPlaces, { splitId });
		await it.solve(splitId);
		expect(await it.does(office, applySplit, { splitId })).toMatchObject({ enrolled: 1 });
	});

	test('chosen by hand stay, and twice at an hour or not free they are refused', async () => {
		const one = await it.aClass({ seats: 3 });
		const two = await it.aClass({ seats: 3 });
		const splitId = await it.start([one.classId, two.classId], ['ani', 'stranger']);
		await choose(splitId, { facilitators: [], classes: [{ classId: two.classId, roomId: rooms.small }] });
		await it.solve(splitId);
		const cohorts = cohortsOf(await it.sheet(splitId));
		expect(cohorts.find(({ id }) => id === two.classId)).toMatchObject({
			room: 'Ruang kecil',
			roomByHand: true
		});
		expect(cohorts.find(({ id }) => id === one.classId)).toMatchObject({
			room: 'Ruang besar',
			roomByHand: false
		});
		await expect(
			choose(splitId, {
				facilitators: [],
				classes: [one, two].map(({ classId }) => ({ classId, roomId: rooms.small }))
			})
		).rejects.toMatchObject({ code: 'classes.split.double' });
		await expect(
			choose(splitId, { classes: [{ classId: one.classId, facilitatorId: it.who('ani') }] })
		).rejects.toMatchObject({
			issues: [{ path: 'classes.0.facilitatorId', code: 'classes.split.facilitatorNotFree' }]
		});
		await expect(it.does(it.kasi, setSplitPlaces, { splitId })).rejects.toMatchObject({ kind: 'forbidden' });
		expect(cohortsOf(await it.sheet(splitId)).find(({ id }) => id === two.classId)?.roomByHand).toBe(true);
	});

	test('taken by somebody else meanwhile, nobody gets a seat', async () => {
		const { classId, sessionId } = await it.aClass({ seats: 4 });
		const other = await it.aClass({ seats: 4 });
		const splitId = await it.start([classId], ['ani']);
		await choose(splitId);
		await it.solve(splitId);
		const { classId: _class, ...typed } = it.session(other.classId);
		await it.does(office, changeSession, {
			...typed,
			sessionId: other.sessionId,
			roomId: rooms.large,
			seen: 1
		});
		await expect(it.does(office, applySplit, { splitId })).rejects.toMatchObject({
			code: 'classes.split.placeGone'
		});
		expect(await it.statuses(classId)).toEqual({});
		expect(await session(sessionId)).toEqual({ room: null, leader: null });
	});

	test('can be seen and chosen by the training office alone', async () => {
		const { classId } = await it.aClass({ seats: 4 });
		const splitId = await it.start([classId], ['ani']);
		const { loaded } = await it.sheet(splitId);
		const places = await it.sees((db) => placesFor(db, office, splitId, loaded));
		expect(places.rooms.map(({ name, chosen }) => [name, chosen])).toEqual([
			['Ruang besar', true],
			['Ruang kecil', true]
		]);
		expect(places.facilitators).toMatchObject([{ name: 'trainer', chosen: true }]);
		expect(places.classes).toMatchObject([
			{ wants: { room: true, facilitator: true }, rooms: [{ name: 'Ruang besar' }] }
		]);
		await expect(it.sees((db) => placesFor(db, it.kasi, splitId, loaded))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
