import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { copyClass } from './server/commands/copy-class.ts';
import { moveSession } from './server/commands/move-session.ts';
import { excuseFacilitator, substituteFacilitator } from './server/commands/replace-facilitator.ts';
import { changeClass } from './server/commands/write-class.ts';
import { addHoliday } from './server/commands/write-holiday.ts';
import { createRoom } from './server/commands/write-room.ts';
import { addSession, cancelSession, changeSession } from './server/commands/write-session.ts';
import { calendarOf } from './server/queries/calendar.ts';
import { substitutesFor } from './server/queries/choices.ts';
import { classById } from './server/queries/classes.ts';
import { changesOf, sessionsOf } from './server/queries/sessions.ts';

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
const DAYS_AGO = new Date('2026-01-01');
const changesFor = (name: string, classId: string) =>
	it.sees((db) => changesOf(db, name === 'officer' ? it.office : it.as(name), classId, DAYS_AGO));
const hoursOf = async (name: string): Promise<string[]> => {
	const rows = await it.owner.query<{ session_id: string }>(
		'select session_id from classes.seat_time where person_id = $1 and starts_at >= $2 and starts_at < $3',
		[it.who(name), it.at('00:00'), new Date(it.at('00:00').getTime() + 86_400_000)]
	);
	return rows.rows.map((row) => row.session_id);
};

describe('who is told of a change', () => {
	test('those who attend or teach it, before or after, and nobody else', async () => {
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		const other = await it.aClass({ from: '13:00', to: '14:00' });
		await it.enrolled(classId, 'ani');
		await it.enrolled(other.classId, 'budi');
		const before = await it.told('classes.sessionChanged', classId);
		await it.does(
			it.office,
			changeSession,
			changed(sessionId, classId, {
				from: '08:30',
				facilitatorNip: it.nip('coach'),
				reason: 'Ruang dipakai rapat'
			})
		);
		expect(await it.told('classes.sessionChanged', classId)).toBe(before + 1);
		for (const name of ['ani', 'trainer', 'coach'])
			expect((await changesFor(name, classId))[0]).toMatchObject({
				what: ['time', 'facilitator'],
				note: 'Ruang dipakai rapat',
				after: { facilitators: ['coach'] }
			});
		expect(await changesFor('budi', classId)).toEqual([]);
		expect(await changesFor('officer', classId)).toHaveLength(1);
	});

	test('nobody, when nothing changed', async () => {
		const { classId, sessionId } = await it.aClass();
		await it.enrolled(classId, 'ani');
		await it.does(it.office, changeSession, changed(sessionId, classId));
		expect(await changesFor('ani', classId)).toEqual([]);
		expect(await it.told('classes.sessionChanged', classId)).toBe(0);
	});

	test('the pair of a coaching session alone, and the others are free then', async () => {
		const { classId, sessionId } = await it.aClass({ from: '13:00', to: '14:00' });
		await it.enrolled(classId, 'ani', 'budi');
		const pair = async (name: string, coach: string) =>
			(
				await it.does(it.office, addSession, {
					...it.session(classId, { from: '09:00', to: '10:00' }),
					facilitators: [{ nip: it.nip(coach), kind: 'coach' }],
					members: it.nip(name)
				})
			).sessionId;
		const anis = await pair('ani', 'trainer');
		const budis = await pair('budi', 'coach');
		expect(await hoursOf('ani')).toEqual(expect.arrayContaining([sessionId, anis]));
		expect(await hoursOf('ani')).not.toContain(budis);
		await it.does(it.office, cancelSession, { sessionId: budis, reason: 'Coach sakit' });
		expect((await changesFor('budi', classId)).map(({ what }) => what)).toEqual([['cancelled'], ['added']]);
		expect((await changesFor('ani', classId)).map(({ what }) => what)).toEqual([['added']]);
		await expect(pair('citra', 'coach')).rejects.toMatchObject({
			issues: [{ path: 'members', code: 'classes.session.memberWithoutSeat' }]
		});
	});

	test('a class is not put into two sessions of its own at one hour', async () => {
		const { classId } = await it.aClass();
		await it.enrolled(classId, 'ani');
		await expect(
			it.does(it.office, addSession, it.session(classId, { from: '09:00', to: '11:00' }))
		).rejects.toMatchObject({ code: 'classes.session.ownOverlap', params: { topic: 'Antrean' } });
	});
});

describe('two officers at one class', () => {
	test('the second save is told who was first and when, and nothing of the first is lost', async () => {
		const { classId, sessionId } = await it.aClass();
		const seen = (await it.sees((db) => sessionsOf(db, it.office, classId, false)))[0]?.edition;
		const both = await Promise.allSettled([
			it.does(it.office, changeSession, changed(sessionId, classId, { seen, topic: 'Antrean pagi' })),
			it.does(it.office, changeSession, changed(sessionId, classId, { seen, topic: 'Antrean siang' }))
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const refusal = both.find((one) => one.status === 'rejected');
		expect(refusal?.reason).toMatchObject({ code: 'classes.stale', params: { who: 'officer' } });
		const first = both[0]?.status === 'fulfilled' ? 'Antrean pagi' : 'Antrean siang';
		expect((await it.sees((db) => sessionsOf(db, it.office, classId, false)))[0]?.topic).toBe(first);
	});

	test('so it is for the facts of the class', async () => {
		const { classId } = await it.aClass();
		const { edition } = (await it.sees((db) => classById(db, it.office, classId))).class;
		const facts = {
			classId,
			seen: edition,
			mode: 'class',
			seats: 10,
			startsOn: it.today(),
			endsOn: it.today()
		};
		await it.does(it.office, changeClass, { ...facts, name: 'Pelayanan prima I' });
		await expect(it.does(it.office, changeClass, { ...facts, name: 'Prima' })).rejects.toMatchObject({
			code: 'classes.stale'
		});
	});
});

describe('a facilitator calls off an hour before', () => {
	test('the session says so, the next leads, and whoever is free then is offered', async () => {
		const { classId, sessionId } = await it.aClass({ from: '08:00', to: '10:00' });
		const busy = await it.aClass({ from: '09:00', to: '11:00' });
		await it.enrolled(classId, 'ani');
		await it.enrolled(busy.classId, 'dewi');
		await it.does(
			it.office,
			changeSession,
			changed(sessionId, classId, { facilitators: [{ nip: it.nip('trainer') }, { nip: it.nip('coach') }] })
		);
		const hour = { now: it.at('07:00') };
		const call = { sessionId, personId: it.who('trainer'), reason: 'Demam' };
		await expect(it.does(it.as('coach'), excuseFacilitator, call, hour)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await it.does(it.trainer, excuseFacilitator, call, hour);
		const [session] = await it.sees((db) => sessionsOf(db, it.office, classId, false));
		expect(session?.facilitators.map(({ name, out }) => [name, out])).toEqual([
			['coach', false],
			['trainer', true]
		]);
		expect(await hoursOf('trainer')).toEqual([]);
		const [change] = await changesFor('ani', classId);
		expect(change).toMatchObject({ what: ['facilitatorOut'], note: '', after: { facilitators: ['coach'] } });

		await it.does(it.office, excuseFacilitator, { ...call, personId: it.who('coach') }, hour);
		const shown = await it.sees((db) =>
			calendarOf(
				db,
				it.office,
				{ of: 'agency', id: null },
				{ from: it.today(), to: it.today() },
				'Asia/Jakarta'
			)
		);
		expect(shown.sessions.find(({ id }) => id === sessionId)?.out).toBe(true);
		// ani taught nothing and is no trainer; dewi would be busy
		await it.owner.query(
			`insert into classes.session_facilitator (agency_id, session_id, person_id, kind) select agency_id, id, $2, 'tutor' from classes.session where class_id = $1`,
			[(await it.aClass({ from: '15:00', to: '16:00' })).classId, it.who('dewi')]
		);
		const offered = await it.sees((db) => substitutesFor(db, it.office, sessionId));
		expect(offered.map(({ name }) => name)).not.toContain('dewi');
		expect(offered.map(({ name }) => name)).not.toContain('trainer');
		await expect(
			it.does(it.office, substituteFacilitator, { sessionId, personId: it.who('dewi') }, hour)
		).rejects.toMatchObject({ code: 'classes.session.facilitatorAttends', params: { name: 'dewi' } });
		await it.does(
			it.office,
			substituteFacilitator,
			{ sessionId, personId: it.who('officer'), kind: 'praktisi' },
			hour
		);
		expect(await hoursOf('officer')).toContain(sessionId);
	});
});

describe('midnight', () => {
	test('a session over midnight keeps its people busy on both days, and is refused without saying so', async () => {
		const { classId } = await it.aClass({ from: '13:00', to: '14:00', facilitator: 'trainer' });
		const night = it.session(classId, { from: '22:00', to: '01:30', facilitator: 'trainer' });
		await expect(it.does(it.office, addSession, night)).rejects.toMatchObject({
			issues: [{ path: 'to', code: 'classes.session.endsBeforeStart' }]
		});
		await it.does(it.office, addSession, { ...night, toNextDay: true });
		const evening = it.today();
		it.nextDay();
		const next = await it.aClass({ from: '08:00', to: '09:00' });
		await expect(
			it.does(
				it.office,
				addSession,
				it.session(next.classId, { from: '01:00', to: '02:00', facilitator: 'trainer' })
			)
		).rejects.toMatchObject({
			code: 'classes.session.facilitatorBusy',
			params: { when: `${evening}T22:00` }
		});
		await it.does(
			it.office,
			addSession,
			it.session(next.classId, { from: '01:30', to: '02:00', facilitator: 'trainer' })
		);
	});

	test('moved over midnight by hand, the class follows its session to the next day', async () => {
		const { classId, sessionId } = await it.aClass();
		await it.enrolled(classId, 'ani');
		const tomorrow = addDays(it.today(), 1);
		await it.does(it.office, moveSession, { sessionId, on: tomorrow, from: '23:30' });
		const { class: moved } = await it.sees((db) => classById(db, it.office, classId));
		expect([moved.starts_on, moved.ends_on]).toEqual([tomorrow, tomorrow]);
		const [session] = await it.sees((db) => sessionsOf(db, it.office, classId, false));
		expect(session?.starts_at).toEqual(new Date(`${tomorrow}T23:30:00+07:00`));
		expect(session?.ends_at).toEqual(new Date(`${addDays(tomorrow, 1)}T01:30:00+07:00`));
		expect((await changesFor('ani', classId))[0]?.what).toEqual(['time']);
		it.nextDay();
		it.nextDay();
	});
});

describe('a class like an earlier one', () => {
	test('steps over holidays, takes rooms and facilitators along where they are free', async () => {
		const roomId = await aRoom();
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		const [session] = await it.sees((db) => sessionsOf(db, it.office, classId, false));
		await it.does(
			it.office,
			changeSession,
			changed(session?.id ?? '', classId, { roomId, facilitatorNip: it.nip('trainer') })
		);
		// Monday 3 January 2028 is given free
		await it.does(it.office, addHoliday, { onDay: '2028-01-03', name: 'Libur uji', kind: 'regional' });
		const again = { classId, startsOn: '2028-01-03', name: 'Pelayanan prima, lagi' };
		const first = await it.does(it.office, copyClass, again);
		expect(first).toMatchObject({ sessions: 1, rooms: 0, facilitators: 0, modules: 0 });
		const copy = await it.sees((db) => classById(db, it.office, first.classId));
		expect(copy.class).toMatchObject({ starts_on: '2028-01-04', ends_on: '2028-01-04', status: 'planned' });
		const [copied] = await it.sees((db) => sessionsOf(db, it.office, first.classId, false));
		expect(copied).toMatchObject({ room_id: roomId, topic: 'Antrean', module_id: it.need.moduleId });
		expect(copied?.facilitators.map(({ name }) => name)).toEqual(['trainer']);
		const second = await it.does(it.office, copyClass, again);
		expect(second).toMatchObject({ rooms: 1, facilitators: 1 });
	});
});

describe('whose calendar', () => {
	const see = (actor = it.office, whose: Parameters<typeof calendarOf>[2] = { of: 'agency', id: null }) =>
		it.sees((db) => calendarOf(db, actor, whose, { from: it.today(), to: it.today() }, 'Asia/Jakarta'));

	test('agency, room, facilitator, unit and person show what concerns them', async () => {
		const roomId = await aRoom(5);
		const { classId, sessionId } = await it.aClass({ facilitator: 'trainer' });
		await it.does(
			it.office,
			changeSession,
			changed(sessionId, classId, { roomId, facilitatorNip: it.nip('trainer') })
		);
		await it.enrolled(classId, 'ani', 'stranger');
		const other = await it.aClass({ from: '13:00', to: '14:00' });
		const ids = async (...args: Parameters<typeof see>) => (await see(...args)).sessions.map(({ id }) => id);
		expect(await ids()).toEqual([sessionId, other.sessionId]);
		expect(await ids(it.office, { of: 'room', id: roomId })).toEqual([sessionId]);
		expect(await ids(it.as('ani'), { of: 'facilitator', id: it.who('trainer') })).toEqual([sessionId]);
		expect(await ids(it.as('ani'), { of: 'person', id: it.who('ani') })).toEqual([sessionId]);
		expect(await ids(it.kasi, { of: 'person', id: it.who('ani') })).toEqual([sessionId]);
		const [shown] = (await see(it.as('camat', ['classes.read']), { of: 'unit', id: it.unit.marelan }))
			.sessions;
		expect(shown).toMatchObject({ id: sessionId, people: 2, away: 1, room_seats: 5 });
		expect(shown?.soft.map(({ kind }) => kind)).toContain('small');
	});

	test('a speaker from outside who is named twice at an hour is said, not refused', async () => {
		for (const from of ['08:00', '09:00']) {
			const { classId, sessionId } = await it.aClass({ from, to: '11:00' });
			const typed = { roomId: undefined, guests: 'Dr. Sari Contoh, USU' };
			await it.does(it.office, changeSession, { ...changed(sessionId, classId, typed), from, to: '11:00' });
		}
		const soft = (await see()).sessions.flatMap((one) => one.soft.filter(({ kind }) => kind === 'guest'));
		expect(soft).toMatchObject([{ minutes: 120 }, { minutes: 120 }]);
		expect(soft[0]?.name).toMatch(/^Dr\. Sari Contoh \(.+\)$/);
	});

	test('other people’s calendars, other units and rooms are not there', async () => {
		await it.aClass();
		const roomId = await aRoom();
		for (const whose of [
			{ of: 'person', id: it.who('budi') },
			{ of: 'unit', id: it.unit.pelayanan },
			{ of: 'facilitator', id: it.who('budi') },
			{ of: 'room', id: roomId }
		] as const)
			await expect(see(it.as('ani'), whose)).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			see(it.as('camat', ['classes.read']), { of: 'unit', id: it.unit.plaju })
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(see(it.as('stranger'), { of: 'person', id: it.who('ani') })).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
