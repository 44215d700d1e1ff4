import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import type { Tx } from '#platform/db/db.ts';
import { town } from '../../../tests/make/town.ts';
import {
	attendanceInBulk,
	closeInBulk,
	enrolmentsOf,
	registrationsInBulk,
	requestsWaitingFor,
	sessionsTaughtBy
} from './public.server.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => void (it = await town()));
afterAll(() => it.close());

const writes = <T>(write: (tx: Tx) => Promise<T>): Promise<T> => writing(it.agencyId, write, it.db);

/** Who holds a seat and how it ended, by name. */
const seatsOf = async (classId: string): Promise<string[][]> => {
	const { rows } = await it.owner.query<{ name: string; status: string }>(
		`select p.name, r.status from classes.registration r join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		where r.class_id = $1 and r.status in ('enrolled', 'passed', 'failed') order by p.name`,
		[classId]
	);
	return rows.map(({ name, status }) => [name, status]);
};

/** An open class of two sessions of three hours and one of one hour on a day, at these hours. */
async function aClass(seats: number, on: string, hour = 8) {
	const classId = newId();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Kelas', $4, 'KL03', 'class', 'open', $5, $6, $6, 'uji', now())`,
		[it.agencyId, classId, classId.slice(-12), it.need.versionId, seats, on]
	);
	const sessions = [newId(), newId(), newId()];
	for (const [index, length] of [3, 3, 1].entries())
		await it.owner.query(
			`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
			values ($1, $2, $3, $4, 'Antrean', 'class', $5::timestamptz + $6 * interval '1 hour', $5::timestamptz + $7 * interval '1 hour', $8, $9)`,
			[
				it.agencyId,
				sessions[index],
				classId,
				index + 1,
				`${on} 00:00+07`,
				hour + index * 3,
				hour + index * 3 + length,
				it.who('trainer'),
				length * 4
			]
		);
	return { classId, sessions };
}

const approved = (classId: string, name: string, minute: number) => ({
	classId,
	personId: it.who(name),
	requestedAt: new Date('2026-12-01T01:00:00Z'),
	requestedBy: it.who(name),
	decidedBy: it.who('kasi'),
	decidedAt: new Date(Date.UTC(2026, 11, 2, 1, minute))
});

test('a whole class at once obeys seats, sheets and the threshold, as the commands do', async () => {
	const { classId, sessions } = await aClass(3, '2027-02-01');
	const seated = await writes((tx) =>
		registrationsInBulk(tx, it.agencyId, [
			approved(classId, 'dewi', 4),
			approved(classId, 'ani', 1),
			approved(classId, 'citra', 3),
			approved(classId, 'budi', 2)
		])
	);
	expect(seated).toEqual({ enrolled: 3, waiting: 1 });
	const mark = (session: number, name: string, status: 'present' | 'late' | 'absent') => ({
		sessionId: sessions[session] ?? '',
		personId: it.who(name),
		status,
		markedBy: it.who('trainer'),
		markedAt: new Date('2027-02-01T09:00:00Z')
	});
	const marks = [
		...['ani', 'budi', 'citra'].map((name) => mark(0, name, 'present')),
		...['ani', 'budi'].map((name) => mark(1, name, 'late')),
		mark(1, 'citra', 'absent'),
		mark(2, 'ani', 'present'),
		mark(2, 'budi', 'absent'),
		mark(2, 'citra', 'present')
	];
	await expect(
		writes((tx) =>
			attendanceInBulk(tx, it.agencyId, [
				{ ...mark(0, 'ani', 'present'), markedAt: new Date('2027-02-01T00:59:00Z') }
			])
		)
	).rejects.toMatchObject({ code: 'classes.attendance.tooEarly' });
	await expect(
		writes((tx) => attendanceInBulk(tx, it.agencyId, [mark(0, 'dewi', 'present')]))
	).rejects.toMatchObject({
		code: 'classes.attendance.notEnrolled'
	});
	expect(await writes((tx) => attendanceInBulk(tx, it.agencyId, marks))).toBe(9);
	// 7 of 7, 6 of 7 (85 %) and 4 of 7 hours
	const closed = await writes((tx) =>
		closeInBulk(tx, it.agencyId, [classId], {
			decidedBy: it.who('officer'),
			at: new Date('2027-02-02T01:00:00Z')
		})
	);
	expect(closed).toEqual({ passed: 2, failed: 1 });
	expect(await seatsOf(classId)).toEqual([
		['ani', 'passed'],
		['budi', 'passed'],
		['citra', 'failed']
	]);
	await expect(
		writes((tx) => closeInBulk(tx, it.agencyId, [classId], { decidedBy: null, at: new Date() }))
	).rejects.toMatchObject({ code: 'classes.class.alreadyFinished' });
});

test('nobody is loaded into two classes of the same hour', async () => {
	const one = await aClass(3, '2027-02-03');
	// another day for the facilitator's constraint would hide it, so the second class is taught by nobody
	await it.owner.query('update classes.session set facilitator_id = null where class_id = $1', [one.classId]);
	const two = await aClass(3, '2027-02-03', 9);
	await expect(
		writes((tx) =>
			registrationsInBulk(tx, it.agencyId, [approved(one.classId, 'eko', 1), approved(two.classId, 'eko', 2)])
		)
	).rejects.toMatchObject({ code: 'classes.enrol.overlap', params: { name: 'eko' } });
	expect(await seatsOf(one.classId)).toEqual([]);
});

test('a home screen finds the next session, the sheets to fill and the requests that wait', async () => {
	const { classId, sessions } = await aClass(3, '2027-02-05');
	await writes((tx) => registrationsInBulk(tx, it.agencyId, [approved(classId, 'fitri', 1)]));
	const noon = new Date('2027-02-05T05:00:00Z');
	const [mine] = await it.sees((db) => enrolmentsOf(db, it.who('fitri'), noon));
	expect(mine).toMatchObject({ classId, status: 'enrolled', nextAt: new Date('2027-02-05T04:00:00Z') });
	const taught = await it.sees((db) => sessionsTaughtBy(db, it.who('trainer'), noon));
	expect(taught.filter((one) => one.classId === classId).map((one) => one.sessionId)).toEqual(sessions);
	expect(await it.sees((db) => requestsWaitingFor(db, it.as('kasi')))).toBe(0);
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'requested', now())`,
		[it.agencyId, newId(), classId, it.who('eko')]
	);
	expect(await it.sees((db) => requestsWaitingFor(db, it.as('kasi')))).toBe(1);
});
