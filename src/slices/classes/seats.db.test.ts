import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { decideRequest, enrol, nominate, withdraw } from './server/commands/decide-registration.ts';
import { changeClass } from './server/commands/write-class.ts';
import { classById } from './server/queries/classes.ts';
import { requestsToDecide } from './server/queries/approvals.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

describe('asking for a seat', () => {
	test('somebody asks, the supervisor approves in one press, a second press is told who was first', async () => {
		const { classId } = await it.aClass();
		const registrationId = await it.asks('ani', classId);
		const waiting = await it.sees((db) => requestsToDecide(db, it.kasi, false, { limit: 50, offset: 0 }));
		expect(waiting.requests).toMatchObject([{ id: registrationId, name: 'ani', away: 0, staff: 7 }]);
		expect(await it.yes(it.kasi, registrationId)).toEqual({ classId, status: 'enrolled' });
		await expect(it.yes(it.as('camat', ['classes.approveTeam']), registrationId)).rejects.toMatchObject({
			kind: 'refused',
			code: 'classes.registration.alreadyEnrolled',
			params: { who: 'kasi' }
		});
		expect(await it.told('classes.enrolled', classId)).toBe(1);
	});

	test('a no carries its reason, and the same person may ask again', async () => {
		const { classId } = await it.aClass();
		const registrationId = await it.asks('ani', classId);
		await it.does(it.kasi, decideRequest, { registrationId, decision: 'reject', note: 'Loket kosong' });
		const page = await it.sees((db) => classById(db, it.as('ani'), classId));
		expect(page.mine).toMatchObject({ status: 'rejected', note: 'Loket kosong' });
		expect(page.can.request).toBe(true);
		expect(await it.asks('ani', classId)).toBe(registrationId);
		expect(await it.statuses(classId)).toEqual({ ani: 'requested' });
	});

	test('asking twice is refused, and so is a class that is not open', async () => {
		const { classId } = await it.aClass();
		await it.asks('ani', classId);
		await expect(it.asks('ani', classId)).rejects.toMatchObject({
			code: 'classes.registration.alreadyRequested'
		});
		it.nextDay();
		const closed = await it.aClass({ open: false, from: '13:00', to: '14:00' });
		await expect(it.asks('ani', closed.classId)).rejects.toMatchObject({ code: 'classes.class.notOpen' });
	});

	test('nobody decides their own request, and a stranger’s supervisor not at all', async () => {
		const { classId } = await it.aClass();
		const own = await it.asks('kasi', classId);
		await expect(it.yes(it.kasi, own)).rejects.toMatchObject({ kind: 'forbidden' });
		const anis = await it.asks('ani', classId);
		await expect(it.yes(it.as('stranger', ['classes.approveTeam']), anis)).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('the list of approvals says who else of the unit is away that day', async () => {
		const morning = await it.aClass({ from: '08:00', to: '10:00' });
		await it.enrolled(morning.classId, 'budi', 'citra');
		const noon = await it.aClass({ from: '13:00', to: '15:00' });
		await it.asks('ani', noon.classId);
		const { requests } = await it.sees((db) =>
			requestsToDecide(db, it.kasi, false, { limit: 50, offset: 0 })
		);
		expect(requests.find((one) => one.class_id === noon.classId)).toMatchObject({
			away: 2,
			away_names: 'budi, citra'
		});
		const stranger = it.as('stranger', ['classes.approveTeam']);
		expect(
			(await it.sees((db) => requestsToDecide(db, stranger, true, { limit: 50, offset: 0 }))).requests
		).toEqual([]);
	});
});

describe('seats', () => {
	test('the last seat given to two at once: one is enrolled, one waits; and so for six', async () => {
		for (const names of [
			['ani', 'budi'],
			['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri']
		]) {
			it.nextDay();
			const { classId } = await it.aClass({ seats: 1 });
			const asked: string[] = [];
			for (const name of names) asked.push(await it.asks(name, classId));
			const camat = it.as('camat', ['classes.approveTeam']);
			const answers = await Promise.all(
				asked.map((id, index) => it.yes(index % 2 === 0 ? it.kasi : camat, id))
			);
			const seated = answers.filter((answer) => answer.status === 'enrolled');
			expect(seated).toHaveLength(1);
			const standing = Object.values(await it.statuses(classId));
			expect(standing.filter((status) => status === 'enrolled')).toHaveLength(1);
			expect(standing.filter((status) => status === 'waiting')).toHaveLength(names.length - 1);
		}
	});

	test('one request answered twice at once is answered once', async () => {
		const { classId } = await it.aClass();
		const registrationId = await it.asks('ani', classId);
		const both = await Promise.allSettled([
			it.yes(it.kasi, registrationId),
			it.yes(it.as('camat', ['classes.approveTeam']), registrationId)
		]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const refusal = both.find((one) => one.status === 'rejected');
		expect(refusal?.reason).toMatchObject({ code: 'classes.registration.alreadyEnrolled' });
		expect(await it.told('classes.enrolled', classId)).toBe(1);
	});

	test('who withdraws lets exactly the first who waits move up, in the same transaction', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'ani', 'budi', 'citra');
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', budi: 'waiting', citra: 'waiting' });
		const citras = await it.sees((db) => classById(db, it.as('citra'), classId));
		expect(citras.mine).toMatchObject({ status: 'waiting', place: 2 });
		const mine = await it.sees((db) => classById(db, it.as('ani'), classId));
		const answer = await it.does(it.as('ani'), withdraw, { registrationId: mine.mine?.id });
		expect(answer).toEqual({ classId, promoted: 1 });
		expect(await it.statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'enrolled', citra: 'waiting' });
		expect(await it.told('classes.promoted', classId)).toBe(1);
	});

	test('two who withdraw at once promote two, never one person twice', async () => {
		const { classId } = await it.aClass({ seats: 2 });
		await it.enrolled(classId, 'ani', 'budi', 'citra', 'dewi', 'eko');
		const ids = await Promise.all(
			['ani', 'budi'].map(
				async (name) => (await it.sees((db) => classById(db, it.as(name), classId))).mine?.id
			)
		);
		await Promise.all(ids.map((registrationId) => it.does(it.kasi, withdraw, { registrationId })));
		expect(await it.statuses(classId)).toEqual({
			ani: 'withdrawn',
			budi: 'withdrawn',
			citra: 'enrolled',
			dewi: 'enrolled',
			eko: 'waiting'
		});
		expect(await it.told('classes.promoted', classId)).toBe(2);
	});

	test('who is busy elsewhere by now keeps the place in the queue and is passed over', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'ani', 'budi', 'citra');
		const other = await it.aClass({ from: '09:00', to: '11:00' });
		await it.enrolled(other.classId, 'budi');
		const mine = await it.sees((db) => classById(db, it.as('ani'), classId));
		await it.does(it.as('ani'), withdraw, { registrationId: mine.mine?.id });
		expect(await it.statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'waiting', citra: 'enrolled' });
	});

	test('more seats let people move up; fewer than are taken are refused', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'ani', 'budi', 'citra');
		const facts = {
			classId,
			name: 'Pelayanan prima',
			mode: 'class',
			startsOn: it.today(),
			endsOn: it.today()
		};
		expect(await it.does(it.office, changeClass, { ...facts, seats: 2 })).toMatchObject({ promoted: 1 });
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', budi: 'enrolled', citra: 'waiting' });
		await expect(it.does(it.office, changeClass, { ...facts, seats: 1 })).rejects.toMatchObject({
			issues: [{ path: 'seats', code: 'classes.class.seatsTaken', params: { enrolled: 2 } }]
		});
	});

	test('a supervisor sends the team; people of others are not sent', async () => {
		const { classId } = await it.aClass();
		expect(
			await it.does(it.kasi, nominate, { classId, personIds: [it.who('ani'), it.who('budi')] })
		).toMatchObject({ enrolled: 2 });
		expect(await it.does(it.kasi, nominate, { classId, personIds: [it.who('ani')] })).toEqual({
			enrolled: 0,
			waiting: 0,
			already: 1
		});
		await expect(
			it.does(it.kasi, nominate, { classId, personIds: [it.who('stranger')] })
		).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('an unknown NIP is named and nobody of the list is put in', async () => {
		const { classId } = await it.aClass();
		await expect(
			it.does(it.office, enrol, { classId, nips: `${it.nip('ani')} 199107152023212005` })
		).rejects.toMatchObject({
			code: 'classes.enrol.unknownNip',
			params: { nip: '199107152023212005', more: 1 }
		});
		expect(await it.statuses(classId)).toEqual({});
	});
});
