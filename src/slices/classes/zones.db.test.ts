import { afterAll, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { closeRoom, createRoom } from './server/commands/write-room.ts';
import { addSession } from './server/commands/write-session.ts';
import { calendarOf } from './server/queries/calendar.ts';

const open: Awaited<ReturnType<typeof classroom>>[] = [];
afterAll(async () => {
	for (const one of open) await one.close();
});

/** The same wall clock in the three zones of the country, each an agency of its own. */
describe.each([
	['WIB', 'Asia/Jakarta', '+07:00'],
	['WITA', 'Asia/Makassar', '+08:00'],
	['WIT', 'Asia/Jayapura', '+09:00']
])('an agency in %s', (_, zone, offset) => {
	test('means its own clock, its own midnight and its own closed days', async () => {
		const it = await classroom();
		open.push(it);
		await it.owner.query('update platform.agency set time_zone = $2 where agency_id = $1', [
			it.agencyId,
			zone
		]);
		it.nextDay();
		const day = it.today();
		const { classId } = await it.aClass({ from: '07:30', to: '08:30' });
		const see = (from: string, to = from) =>
			it.sees((db) => calendarOf(db, it.office, { of: 'agency', id: null }, { from, to }, zone));
		const [morning] = (await see(day)).sessions;
		expect(morning).toMatchObject({ on: day, from: '07:30', minutes: 60 });
		const stored = await it.owner.query<{ starts_at: Date }>(
			'select starts_at from classes.session where class_id = $1',
			[classId]
		);
		expect(stored.rows[0]?.starts_at).toEqual(new Date(`${day}T07:30:00${offset}`));

		// 00:15 of the next day is still today in UTC, and in Jakarta for who sits in Jayapura.
		await it.does(it.office, addSession, {
			...it.session(classId, { from: '23:30', to: '00:15' }),
			toNextDay: true
		});
		expect((await see(day)).sessions.map(({ from }) => from)).toEqual(['07:30', '23:30']);

		const { roomId } = await it.does(it.office, createRoom, { code: zone, name: 'Aula', seats: 20 });
		await it.does(it.office, addSession, {
			...it.session(classId, { from: '20:00', to: '00:00' }),
			toNextDay: true,
			roomId
		});
		it.nextDay();
		// It ends at midnight sharp: the next day is not one of its days.
		expect(
			(
				await it.does(it.office, closeRoom, {
					roomId,
					startsOn: it.today(),
					endsOn: it.today(),
					reason: 'Cat'
				})
			).sessions
		).toBe(0);
		expect(
			(await it.does(it.office, closeRoom, { roomId, startsOn: day, endsOn: day, reason: 'Cat' })).sessions
		).toBe(1);
	});
});
