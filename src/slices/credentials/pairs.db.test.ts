import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finishClass, markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import { addSession, cancelSession } from '#slices/classes/server/commands/write-session.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { openTrainings } from './server/queries/ip.ts';
import { ruleOfClass, standingsOf } from './server/standings.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => void (it = await graduation()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

/** A session of everybody (08:00-09:30, 2 JP), one of ani's pair (10:00-13:00, 4 JP), one of budi's (10:00-10:45, 1 JP). */
async function coaching() {
	const shared = await it.aClass({ from: '08:00', to: '09:30' });
	const { classId } = shared;
	await it.enrolled(classId, 'ani', 'budi');
	const pair = async (name: string, to: string) =>
		(
			await it.does(it.office, addSession, {
				...it.session(classId, { from: '10:00', to }),
				members: it.nip(name)
			})
		).sessionId;
	return {
		classId,
		shared: shared.sessionId,
		ani: await pair('ani', '13:00'),
		budi: await pair('budi', '10:45')
	};
}
const marks = (sessionId: string, status: string, ...names: string[]) =>
	it.does(
		it.office,
		markAttendance,
		{ sessionId, marks: names.map((name) => ({ personId: it.who(name), status })) },
		{ now: it.at('15:00') }
	);
const finish = (classId: string) => it.does(it.office, finishClass, { classId }, { now: it.at('16:00') });
const attended = async (classId: string) => {
	const people = await it.sees(async (db) => standingsOf(db, classId, await ruleOfClass(db, classId)));
	return people.map(({ name, standing, verdict }) => [name, standing.attendedPercent, verdict]);
};
const printed = async (classId: string): Promise<Record<string, number>> => {
	const { rows } = await it.owner.query<{ name: string; jp: number }>(
		`select p.name, (c.facts #>> '{programme,hours}')::float8 as jp from credentials.certificate c
		join people.person p on p.agency_id = c.agency_id and p.id = c.person_id where c.class_id = $1`,
		[classId]
	);
	return Object.fromEntries(rows.map(({ name, jp }) => [name, jp]));
};

describe('sessions of one coaching pair', () => {
	test('give JP to that pair alone, on the certificate and in the ledger', async () => {
		const { classId, ...sessions } = await coaching();
		await marks(sessions.shared, 'present', 'ani', 'budi');
		await marks(sessions.ani, 'present', 'ani');
		await marks(sessions.budi, 'present', 'budi');
		await finish(classId);
		expect(await it.issue(classId)).toBe(2);
		expect(await printed(classId)).toEqual({ ani: 6, budi: 3 });
		expect((await it.ledger('ani')).at(-1)).toMatchObject({ jp: 6, status: 'counted', classId });
		expect((await it.ledger('budi')).at(-1)).toMatchObject({ jp: 3, status: 'counted', classId });
	});

	test('count as attendance for that pair alone in the list of who may have a certificate', async () => {
		const { classId, ...sessions } = await coaching();
		await marks(sessions.shared, 'present', 'ani', 'budi');
		await marks(sessions.ani, 'absent', 'ani');
		await marks(sessions.budi, 'present', 'budi');
		await finish(classId);
		// Ani: 90 of 270 minutes. Budi: 135 of 135, though half of the class's hours were never his.
		expect(await attended(classId)).toEqual([
			['ani', 33, 'not'],
			['budi', 100, 'may']
		]);
	});

	test('stand in the head of the class as what a participant gets, and a called-off one does not', async () => {
		const { classId, budi } = await coaching();
		const head = async () => (await it.sees((db) => classById(db, it.office, classId))).class;
		expect(await head()).toMatchObject({ jp_least: 3, jp_most: 6 });
		await it.does(it.office, cancelSession, { sessionId: budi, reason: 'Coach sakit' });
		expect(await head()).toMatchObject({ jp_least: 6, jp_most: 6 });
	});

	test('promise to whoever is not in the class yet no more than the shortest pair gets', async () => {
		const { classId } = await coaching();
		const plain = await it.aClass({ from: '14:00', to: '15:30' });
		const open = await it.sees((db) => openTrainings(db, it.who('citra'), 2027));
		expect(open.find((one) => one.classId === classId)).toMatchObject({ hours: 3 });
		expect(open.find((one) => one.classId === plain.classId)).toMatchObject({ hours: 2 });
	});
});
