import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { addSession, cancelSession, changeSession } from './server/commands/write-session.ts';
import { classById } from './server/queries/classes.ts';
import { sessionsOf } from './server/queries/sessions.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

describe('one person, one place at a time', () => {
	test('a second class at the same hour is refused by name, when asking and when approving', async () => {
		const one = await it.aClass({ from: '08:00', to: '10:00' });
		const two = await it.aClass({ from: '09:30', to: '11:00' });
		const three = await it.aClass({ from: '10:00', to: '11:00' });
		const asked = await it.asks('ani', two.classId);
		await it.enrolled(one.classId, 'ani');
		const clash = { kind: 'refused', code: 'classes.enrol.overlap', params: { name: 'ani' } };
		await expect(it.yes(it.kasi, asked)).rejects.toMatchObject(clash);
		await expect(it.enrolled(two.classId, 'ani')).rejects.toMatchObject(clash);
		const { code } = (await it.sees((db) => classById(db, it.office, one.classId))).class;
		await expect(it.enrolled(two.classId, 'ani')).rejects.toMatchObject({
			params: { other: `${code} Pelayanan prima` }
		});
		// one ends when the next begins
		expect(await it.enrolled(three.classId, 'ani')).toMatchObject({ enrolled: 1 });
	});

	test('put into four classes of the same hour at the same instant, people get a seat in one', async () => {
		const classes = await Promise.all([1, 2, 3, 4].map(() => it.aClass()));
		const all = await Promise.allSettled(
			classes.map(({ classId }, index) =>
				// in turns, so that each transaction would wait for people the other one holds
				index % 2 === 0 ? it.enrolled(classId, 'ani', 'budi') : it.enrolled(classId, 'budi', 'ani')
			)
		);
		expect(all.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
		for (const each of all)
			if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'classes.enrol.overlap' });
	});

	test('a session is not moved onto another class of its people', async () => {
		const one = await it.aClass({ from: '08:00', to: '10:00' });
		const two = await it.aClass({ from: '13:00', to: '15:00' });
		await it.enrolled(one.classId, 'ani');
		await it.enrolled(two.classId, 'ani');
		const { classId: _classId, ...facts } = it.session(two.classId, { from: '09:00', to: '11:00' });
		await expect(
			it.does(it.office, changeSession, { sessionId: two.sessionId, ...facts })
		).rejects.toMatchObject({
			code: 'classes.session.peopleBusy',
			params: { name: 'ani', people: 1 }
		});
		const kept = await it.sees((db) => sessionsOf(db, it.office, two.classId, false));
		expect(kept[0]?.starts_at).toEqual(it.at('13:00'));
	});

	test('a facilitator who teaches elsewhere is refused by name', async () => {
		const one = await it.aClass({ facilitator: 'trainer' });
		const two = await it.aClass({ from: '13:00', to: '14:00' });
		const clash = it.session(two.classId, { from: '09:00', to: '10:00', facilitator: 'trainer' });
		const { code } = (await it.sees((db) => classById(db, it.office, one.classId))).class;
		await expect(it.does(it.office, addSession, clash)).rejects.toMatchObject({
			kind: 'refused',
			code: 'classes.session.facilitatorBusy',
			params: {
				name: 'trainer',
				other: `${code} Pelayanan prima`,
				when: `${it.today()}T08:00`
			}
		});
		await it.does(it.office, addSession, { ...clash, facilitatorNip: it.nip('coach') });
		await it.does(it.office, cancelSession, { sessionId: one.sessionId });
		await it.does(it.office, addSession, { ...clash, from: '08:00', to: '09:00' });
	});

	test('given away twice in the same instant, a facilitator goes to one class', async () => {
		const one = await it.aClass({ from: '13:00', to: '14:00' });
		const two = await it.aClass({ from: '13:00', to: '14:00' });
		const both = await Promise.allSettled(
			[one, two].map(({ classId }) =>
				it.does(it.office, addSession, it.session(classId, { facilitator: 'trainer' }))
			)
		);
		expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
		const reason = both.find((each) => each.status === 'rejected')?.reason;
		expect(['classes.session.facilitatorBusy', 'classes.session.facilitatorJustTaken']).toContain(
			reason.code
		);
	});
});
