import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { changeRoom, closeRoom, createRoom, openRoom } from './server/commands/write-room.ts';
import { addSession, cancelSession, changeSession } from './server/commands/write-session.ts';
import { roomById, roomsOf } from './server/queries/rooms.ts';
import { sessionsOf } from './server/queries/sessions.ts';

let it: Awaited<ReturnType<typeof classroom>>;
let rooms = 0;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const aRoom = async (seats = 40) =>
	(await it.does(it.office, createRoom, { code: `R${++rooms}`, name: `Ruang ${rooms}`, seats })).roomId;
const changed = (sessionId: string, classId: string, more: object = {}) => {
	const { classId: _classId, ...facts } = it.session(classId);
	return { sessionId, ...facts, ...more };
};

describe('a room holds one session at a time', () => {
	test('a second one is told which class stands in it, and when', async () => {
		const roomId = await aRoom();
		const one = await it.aClass();
		const two = await it.aClass({ from: '13:00', to: '14:00' });
		await it.does(it.office, changeSession, changed(one.sessionId, one.classId, { roomId }));
		await expect(
			it.does(it.office, addSession, { ...it.session(two.classId, { from: '09:00', to: '11:00' }), roomId })
		).rejects.toMatchObject({
			kind: 'refused',
			code: 'classes.session.roomBusy',
			params: { topic: 'Antrean', when: `${it.today()}T08:00` }
		});
		await it.does(it.office, cancelSession, { sessionId: one.sessionId });
		await it.does(it.office, addSession, {
			...it.session(two.classId, { from: '09:00', to: '11:00' }),
			roomId
		});
	});

	test('given to four classes at the same instant, it goes to one', async () => {
		const roomId = await aRoom();
		const classes = [];
		for (let index = 0; index < 4; index++) classes.push(await it.aClass({ from: '13:00', to: '14:00' }));
		const all = await Promise.allSettled(
			classes.map(({ classId }) => it.does(it.office, addSession, { ...it.session(classId), roomId }))
		);
		expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		for (const one of all)
			if (one.status === 'rejected')
				expect(['classes.session.roomBusy', 'classes.session.roomJustTaken']).toContain(one.reason.code);
	});

	test('closed after it was booked: the sessions are shown, nothing is lost, nobody books it meanwhile', async () => {
		const roomId = await aRoom();
		const { classId, sessionId } = await it.aClass();
		await it.does(it.office, changeSession, changed(sessionId, classId, { roomId }));
		await it.enrolled(classId, 'ani');
		const closed = await it.does(it.office, closeRoom, {
			roomId,
			startsOn: it.today(),
			endsOn: it.today(),
			reason: 'Atap bocor'
		});
		expect(closed.sessions).toBe(1);
		const sheet = await it.sees((db) => roomById(db, it.office, roomId, it.at('06:00')));
		expect(sheet.sessions).toMatchObject([{ id: sessionId, closed: 'Atap bocor', people: 1 }]);
		expect(sheet.room.stranded).toBe(1);
		const listed = await it.sees((db) => sessionsOf(db, it.office, classId, false));
		expect(listed[0]).toMatchObject({ room_closed: 'Atap bocor', cancelled: false });
		const told = await it.owner.query(
			`select 1 from platform.event where name = 'classes.roomClosed' and payload->>'roomId' = $1`,
			[roomId]
		);
		expect(told.rows).toHaveLength(1);
		await expect(
			it.does(it.office, addSession, { ...it.session(classId, { from: '13:00', to: '14:00' }), roomId })
		).rejects.toMatchObject({ code: 'classes.room.closedThen', params: { reason: 'Atap bocor' } });
		await it.does(it.office, openRoom, { closureId: closed.closureId });
		await it.does(it.office, addSession, { ...it.session(classId, { from: '13:00', to: '14:00' }), roomId });
	});

	test('booked and closed in the same instant, the session is either refused or counted', async () => {
		const roomId = await aRoom();
		const { classId } = await it.aClass({ from: '13:00', to: '14:00' });
		const day = it.today();
		const [booked, closed] = await Promise.allSettled([
			it.does(it.office, addSession, { ...it.session(classId), roomId }),
			it.does(it.office, closeRoom, { roomId, startsOn: day, endsOn: day, reason: 'Renovasi' })
		]);
		expect(closed.status).toBe('fulfilled');
		if (closed.status === 'fulfilled')
			expect(closed.value.sessions).toBe(booked.status === 'fulfilled' ? 1 : 0);
	});

	test('is not taken out of use while sessions stand in it, and strangers do not see rooms', async () => {
		const roomId = await aRoom();
		const { classId, sessionId } = await it.aClass();
		await it.does(it.office, changeSession, changed(sessionId, classId, { roomId }));
		const facts = { roomId, code: `R${rooms}`, name: 'Ruang', seats: 10, active: false };
		await expect(it.does(it.office, changeRoom, facts, { now: it.at('06:00') })).rejects.toMatchObject({
			code: 'classes.room.stillBooked',
			params: { sessions: 1 }
		});
		await it.does(it.office, cancelSession, { sessionId });
		await it.does(it.office, changeRoom, facts, { now: it.at('06:00') });
		await expect(it.does(it.kasi, closeRoom, { ...closing(), roomId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.sees((db) => roomsOf(db, it.as('ani'), it.at('06:00')))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
	const closing = () => ({ startsOn: it.today(), endsOn: it.today(), reason: 'Rapat' });
});
