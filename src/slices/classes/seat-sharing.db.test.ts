import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { turnSeats } from '#app/server/seat-clock.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { runTogether } from '#platform/work/together.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { decideRequest, withdraw } from './server/commands/decide-registration.ts';
import { finishClass, markAttendance } from './server/commands/mark-attendance.ts';
import { answerOffer, replace } from './server/commands/pass-seats-on.ts';
import { requestSeat } from './server/commands/request-seat.ts';
import { endDeputy, nameDeputy, setSeatRules } from './server/commands/seat-rules.ts';
import { requestsToDecide } from './server/queries/approvals.ts';
import { classById } from './server/queries/classes.ts';
import { participantsOfClass } from './server/queries/participants.ts';

let it: Awaited<ReturnType<typeof classroom>>;
let worker: ReturnType<typeof openKysely>;
beforeAll(async () => {
	it = await classroom();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
});
beforeEach(() => it.nextDay());
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

const rules = (classId: string, more: object = {}) =>
	it.does(it.office, setSeatRules, { classId, approval: 'supervisor', ...more });
const registration = async (classId: string, name: string): Promise<string> => {
	const page = await it.sees((db) => classById(db, it.as(name), classId));
	if (!page.mine) throw new Error(`${name} has no registration`);
	return page.mine.id;
};

describe('who must agree', () => {
	test('first come, first served: the seat at once, then the queue, in the order of arrival', async () => {
		const { classId } = await it.aClass({ seats: 2 });
		await rules(classId, { approval: 'none' });
		for (const name of ['ani', 'budi', 'citra']) await it.asks(name, classId);
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', budi: 'enrolled', citra: 'waiting' });
		await it.does(it.as('ani'), withdraw, {
			registrationId: await registration(classId, 'ani'),
			note: 'Loket'
		});
		expect(await it.statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'enrolled', citra: 'enrolled' });
	});

	test('where the office agrees too, the supervisor’s yes goes on to it, and no supervisor can decide that', async () => {
		const { classId } = await it.aClass();
		await rules(classId, { approval: 'office' });
		const registrationId = await it.asks('ani', classId);
		expect(await it.yes(it.kasi, registrationId)).toEqual({ classId, status: 'approved' });
		await expect(it.yes(it.kasi, registrationId)).rejects.toMatchObject({ kind: 'forbidden' });
		const { requests } = await it.sees((db) =>
			requestsToDecide(db, it.office, false, { limit: 50, offset: 0 })
		);
		expect(requests.find((one) => one.id === registrationId)).toMatchObject({ for_office: true });
		expect(await it.yes(it.office, registrationId)).toEqual({ classId, status: 'enrolled' });
	});

	test('after two seats left empty, the next request needs the office, whatever the class says', async () => {
		for (let time = 0; time < 2; time++) {
			const { classId, sessionId } = await it.aClass();
			await it.enrolled(classId, 'dewi', 'budi');
			await it.does(
				it.office,
				markAttendance,
				{
					sessionId,
					marks: [
						{ personId: it.who('dewi'), status: 'absent' },
						{ personId: it.who('budi'), status: 'present' }
					]
				},
				{ now: it.at('11:00') }
			);
			await it.does(it.office, finishClass, { classId }, { now: it.at('12:00') });
			const page = await it.sees((db) => classById(db, it.as('dewi'), classId));
			expect(page.mine).toMatchObject({ status: 'failed', noShow: true });
			it.nextDay();
		}
		const { classId } = await it.aClass();
		await rules(classId, { approval: 'none' });
		await it.asks('dewi', classId);
		await it.asks('budi', classId);
		expect(await it.statuses(classId)).toEqual({ dewi: 'requested', budi: 'enrolled' });
		expect(await it.yes(it.kasi, await registration(classId, 'dewi'))).toMatchObject({ status: 'approved' });
	});

	test('one asks until the last day, and not without the program that comes first', async () => {
		const { classId } = await it.aClass();
		await rules(classId, { asksUntil: '2020-01-01' });
		await expect(it.asks('ani', classId)).rejects.toMatchObject({ code: 'classes.request.tooLate' });
		await expect(rules(classId, { prerequisites: [it.need.programId] })).rejects.toMatchObject({
			issues: [{ code: 'classes.seatRules.ownProgram' }]
		});
		await rules(classId);
		await it.asks('ani', classId);
	});
});

describe('quotas', () => {
	test('whoever is beyond the quota waits, the next who fits comes in, and a freed place lets them up', async () => {
		const { classId } = await it.aClass({ seats: 3 });
		await rules(classId, {
			approval: 'none',
			quotas: [{ postKind: 'general', most: 1 }]
		});
		await it.asks('ani', classId);
		await it.asks('budi', classId);
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', budi: 'waiting' });
		await it.does(it.as('ani'), withdraw, {
			registrationId: await registration(classId, 'ani'),
			note: 'Loket'
		});
		expect(await it.statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'enrolled' });
	});
});

describe('a seat that became free', () => {
	const fullClass = async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await rules(classId, { approval: 'none', answerHours: 1 });
		for (const name of ['ani', 'budi', 'citra']) await it.asks(name, classId);
		return classId;
	};

	test('is offered to the first who waits; no second person can have it meanwhile', async () => {
		const classId = await fullClass();
		await it.does(it.as('ani'), withdraw, {
			registrationId: await registration(classId, 'ani'),
			note: 'Loket'
		});
		expect(await it.statuses(classId)).toMatchObject({ budi: 'offered', citra: 'waiting' });
		await expect(
			it.does(it.as('citra'), answerOffer, {
				registrationId: await registration(classId, 'budi'),
				answer: 'accept'
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
		const mine = await registration(classId, 'budi');
		expect(
			await it.does(it.as('budi'), answerOffer, { registrationId: mine, answer: 'accept' })
		).toMatchObject({
			status: 'enrolled'
		});
		await expect(
			it.does(it.as('budi'), answerOffer, { registrationId: mine, answer: 'decline' })
		).resolves.toMatchObject({ status: 'withdrawn' });
		expect(await it.statuses(classId)).toMatchObject({ budi: 'withdrawn', citra: 'offered' });
	});

	test('goes to the next when nobody answers in time; the late answer is told so', async () => {
		const classId = await fullClass();
		await it.does(it.as('ani'), withdraw, {
			registrationId: await registration(classId, 'ani'),
			note: 'Loket'
		});
		const budis = await registration(classId, 'budi');
		const later = new Date(Date.now() + 3_700_000);
		await expect(
			it.does(it.as('budi'), answerOffer, { registrationId: budis, answer: 'accept' }, { now: later })
		).rejects.toMatchObject({ code: 'classes.offer.lapsed' });
		await turnSeats(worker, it.db, later);
		expect(await it.statuses(classId)).toMatchObject({ budi: 'withdrawn', citra: 'offered' });
		expect(await turnSeats(worker, it.db, later)).toMatchObject({ classes: 0 });
	});
});

describe('in whose place', () => {
	test('a deputy decides for the team on their days only, and never for themselves', async () => {
		const { classId } = await it.aClass();
		const anis = await it.asks('ani', classId);
		const budis = await it.asks('budi', classId);
		await expect(it.yes(it.as('budi'), anis)).rejects.toMatchObject({ kind: 'forbidden' });
		const today = new Date().toISOString().slice(0, 10);
		const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
		const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
		const { deputyId } = await it.does(it.kasi, nameDeputy, { deputyNip: it.nip('budi'), from, to: until });
		await expect(
			it.does(it.kasi, nameDeputy, { deputyNip: it.nip('citra'), from: today, to: until })
		).rejects.toMatchObject({ code: 'classes.deputy.another' });
		const { requests } = await it.sees((db) =>
			requestsToDecide(db, it.as('budi'), false, { limit: 50, offset: 0 })
		);
		expect(requests.map((one) => one.id)).toContain(anis);
		expect(await it.yes(it.as('budi'), anis)).toMatchObject({ status: 'enrolled' });
		await expect(it.yes(it.as('budi'), budis)).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(it.kasi, endDeputy, { deputyId });
		const citras = await it.asks('citra', classId);
		await expect(it.yes(it.as('budi'), citras)).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('what a supervisor lets lie goes to the next above, who could not decide it before', async () => {
		const { classId } = await it.aClass();
		const anis = await it.asks('ani', classId);
		const above = await bossOf('kasi');
		expect(above).not.toBeNull();
		const boss = it.as(above ?? '', []);
		await expect(it.yes(boss, anis)).rejects.toMatchObject({ kind: 'forbidden' });
		const late = new Date(Date.now() + 80 * 3_600_000);
		await turnSeats(worker, it.db, late);
		const { requests } = await it.sees((db) => requestsToDecide(db, boss, false, { limit: 50, offset: 0 }));
		expect(requests.find((one) => one.id === anis)).toMatchObject({ late: true });
		expect(await it.yes(boss, anis)).toMatchObject({ status: 'enrolled' });
	});

	const bossOf = async (name: string): Promise<string | null> => {
		const { rows } = await it.owner.query<{ name: string }>(
			'select b.name from people.staff s join people.person b on b.agency_id = s.agency_id and b.id = s.supervisor_id where s.person_id = $1',
			[it.who(name)]
		);
		return rows[0]?.name ?? null;
	};

	test('a replacement takes the seat itself, past the queue; a stranger’s head cannot send one', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'ani', 'budi');
		const anis = await registration(classId, 'ani');
		await expect(
			it.does(it.as('stranger', ['classes.approveTeam']), replace, {
				registrationId: anis,
				personId: it.who('citra'),
				note: 'Dinas luar'
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(it.kasi, replace, { registrationId: anis, personId: it.who('citra'), note: 'Dinas luar' });
		expect(await it.statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'waiting', citra: 'enrolled' });
		const { participants } = await it.sees((db) =>
			participantsOfClass(
				db,
				it.office,
				{ id: classId, status: 'open', teaching: false },
				{ status: 'enrolled', sort: 'name', descending: false },
				{ limit: 50, offset: 0 }
			)
		);
		expect(participants).toMatchObject([{ name: 'citra', replaces: 'ani' }]);
	});

	test('forty-one approvals of forty seats at once: forty hold one, one waits', async () => {
		const { classId } = await it.aClass({ seats: 2 });
		const asked = await Promise.all(['ani', 'budi', 'citra'].map((name) => it.asks(name, classId)));
		await Promise.all(
			asked.map((registrationId) => it.does(it.kasi, decideRequest, { registrationId, decision: 'approve' }))
		);
		expect(Object.values(await it.statuses(classId)).sort()).toEqual(['enrolled', 'enrolled', 'waiting']);
	});

	test('askers of one moment share a transaction and none gets another’s answer', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await rules(classId, { approval: 'none' });
		const names = ['ani', 'budi', 'citra', 'stranger'];
		const answers = await Promise.all(
			names.map((name) =>
				runTogether(requestSeat, { actor: it.as(name), input: { classId }, key: newId(), kysely: it.db })
			)
		);
		expect(answers.map(({ status }) => status).filter((status) => status === 'enrolled')).toHaveLength(1);
		const statuses = await it.statuses(classId);
		names.forEach((name, at) => expect(statuses[name]).toBe(answers[at]?.status));
	});
});
