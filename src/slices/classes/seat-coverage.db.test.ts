import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { recordAbsence } from './server/commands/record-absence.ts';
import { decideRequest } from './server/commands/decide-registration.ts';
import { setSeatRules } from './server/commands/seat-rules.ts';
import { requestsToDecide } from './server/queries/approvals.ts';
import { classById } from './server/queries/classes.ts';
import { participantsOfClass } from './server/queries/participants.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => {
	it = await classroom();
	// Seven work there; five must stay, on every day of the week.
	await it.owner.query(
		`insert into people.minimum_staff (agency_id, id, unit_id, role_name, weekdays, from_time, to_time, people)
		values ($1, gen_random_uuid(), $2, 'Petugas loket', 127, '08:00', '16:00', 5)`,
		[it.agencyId, it.unit.pelayanan]
	);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const SLICE = { limit: 50, offset: 0 };
const asked = async (classId: string, who = it.kasi) =>
	(await it.sees((db) => requestsToDecide(db, who, false, SLICE))).requests.filter(
		(one) => one.class_id === classId
	);
const leave = (name: string, kind = 'leave') =>
	it.does(it.as('kasi', ['people.staffing'], 'kota.marelan'), recordAbsence, {
		nip: it.nip(name),
		kind,
		startsOn: it.today(),
		endsOn: it.today()
	});

describe('the counter on the day of a request', () => {
	test('is shown with and without the person, and who is away already and why', async () => {
		const other = await it.aClass({ from: '08:00', to: '10:00' });
		await it.enrolled(other.classId, 'budi');
		const { classId } = await it.aClass({ from: '09:00', to: '12:00' });
		await it.asks('ani', classId);
		const [request] = await asked(classId);
		expect(request?.coverage).toMatchObject([
			{
				day: it.today(),
				roles: ['Petugas loket'],
				required: 5,
				staff: 7,
				present: 6,
				after: 5,
				short: false,
				self: null,
				gone: [{ name: 'budi', why: 'class' }],
				from: 540,
				to: 600
			}
		]);
	});

	test('only the hours of the class count: who is back by then is there', async () => {
		const other = await it.aClass({ from: '08:00', to: '10:00' });
		await it.enrolled(other.classId, 'budi');
		const { classId } = await it.aClass({ from: '13:00', to: '15:00' });
		await it.asks('ani', classId);
		expect((await asked(classId))[0]?.coverage).toMatchObject([{ present: 7, after: 6, gone: [] }]);
	});

	test('that falls short is approved with a reason only, and the reason stays with the seat', async () => {
		await leave('budi');
		await leave('citra', 'duty');
		const { classId } = await it.aClass();
		const registrationId = await it.asks('ani', classId);
		expect((await asked(classId))[0]?.coverage).toMatchObject([
			{
				present: 5,
				after: 4,
				short: true,
				gone: [
					{ name: 'budi', why: 'leave' },
					{ name: 'citra', why: 'duty' }
				]
			}
		]);
		await expect(it.yes(it.kasi, registrationId)).rejects.toMatchObject({
			issues: [{ path: 'note', code: 'classes.decide.shortNeedsReason' }]
		});
		const note = 'Petugas kelurahan menggantikan';
		await it.does(it.kasi, decideRequest, { registrationId, decision: 'approve', note });
		expect((await it.sees((db) => classById(db, it.as('ani'), classId))).mine).toMatchObject({
			status: 'enrolled',
			note
		});
	});

	test('is weighed once: the office reads the supervisor’s reason and is not asked for another', async () => {
		await leave('budi');
		await leave('citra');
		const { classId } = await it.aClass();
		await it.does(it.office, setSeatRules, { classId, approval: 'office' });
		const registrationId = await it.asks('ani', classId);
		const note = 'Ani wajib ikut';
		await it.does(it.kasi, decideRequest, { registrationId, decision: 'approve', note });
		expect(await asked(classId, it.office)).toMatchObject([
			{ for_office: true, note, coverage: [{ short: true }] }
		]);
		expect(await it.yes(it.office, registrationId)).toMatchObject({ status: 'enrolled' });
	});

	test('misses nobody twice: who is on leave that day takes nothing more from it', async () => {
		await leave('ani');
		await leave('budi');
		const { classId } = await it.aClass();
		const registrationId = await it.asks('ani', classId);
		expect((await asked(classId))[0]?.coverage).toMatchObject([
			{ present: 5, after: 5, short: false, self: 'leave' }
		]);
		expect(await it.yes(it.kasi, registrationId)).toMatchObject({ status: 'enrolled' });
	});

	test('does not tell why somebody is away to those who may not read absences', async () => {
		await leave('budi');
		const { classId } = await it.aClass();
		await it.asks('ani', classId);
		const outsider = it.as('officer', ['classes.manage'], '');
		const { requests } = await it.sees((db) => requestsToDecide(db, outsider, true, SLICE));
		expect(requests.find((one) => one.class_id === classId)?.coverage).toMatchObject([
			{ gone: [{ name: 'budi', why: 'away' }] }
		]);
	});

	test('stands beside the request on the page of the class too, for those who decide', async () => {
		const { classId } = await it.aClass();
		await it.asks('ani', classId);
		const rows = (who: typeof it.kasi) =>
			it.sees((db) =>
				participantsOfClass(
					db,
					who,
					{ id: classId, status: 'open', teaching: false },
					{ status: null, sort: 'name', descending: false },
					SLICE
				)
			);
		expect((await rows(it.kasi)).participants).toMatchObject([{ coverage: [{ present: 7, after: 6 }] }]);
		expect((await rows(it.as('ani'))).participants).toMatchObject([{ coverage: [] }]);
	});
});
