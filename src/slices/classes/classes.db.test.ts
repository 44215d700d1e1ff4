import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import {
	decideRequest,
	enrol,
	nominate,
	requestSeat,
	withdraw
} from './server/commands/decide-registration.ts';
import { finishClass, markAttendance } from './server/commands/mark-attendance.ts';
import { cancelClass, changeClass, createClass, openClass } from './server/commands/write-class.ts';
import { addSession, cancelSession, changeSession } from './server/commands/write-session.ts';
import { classById, classesOf, sessionsOf } from './server/queries/classes.ts';
import { participantsOfClass } from './server/queries/participants.ts';
import { requestsToDecide } from './server/queries/approvals.ts';
import { attendanceSheet } from './server/queries/attendance-sheet.ts';

let it: Awaited<ReturnType<typeof town>>;
let office: Actor;
let kasi: Actor;
let trainer: Actor;
beforeAll(async () => {
	it = await town();
	office = it.as('officer', ['classes.read', 'classes.manage'], '');
	kasi = it.as('kasi', ['classes.read', 'classes.approveTeam']);
	trainer = it.as('trainer', ['classes.teach']);
});
afterAll(() => it.close());

// Every test gets its own days, so that people and facilitators of one are free in the next.
let day = 0;
let on = '';
beforeEach(() => {
	day += 1;
	on = new Date(Date.UTC(2027, 0, day)).toISOString().slice(0, 10);
});

type Facts = {
	seats?: number;
	open?: boolean;
	from?: string;
	to?: string;
	facilitator?: string;
	attendancePercent?: number;
};

/** A class of one session on the day of the test; open unless asked otherwise. */
async function aClass({
	seats = 10,
	open = true,
	from = '08:00',
	to = '10:00',
	facilitator,
	attendancePercent
}: Facts = {}) {
	const { classId } = await it.does(office, createClass, {
		name: 'Pelayanan prima',
		mode: 'class',
		seats,
		startsOn: on,
		endsOn: on,
		programId: it.need.programId,
		...(attendancePercent === undefined ? {} : { attendancePercent })
	});
	const { sessionId } = await it.does(office, addSession, session(classId, { from, to, facilitator }));
	if (open) await it.does(office, openClass, { classId });
	return { classId, sessionId };
}

const session = (classId: string, { from = '08:00', to = '10:00', facilitator }: Facts = {}) => ({
	classId,
	topic: 'Antrean',
	moduleId: it.need.moduleId,
	mode: 'class',
	on,
	from,
	to,
	...(facilitator === undefined ? {} : { facilitatorNip: it.nip(facilitator) })
});

const at = (clock: string): Date => new Date(`${on}T${clock}:00+07:00`);
const enrolled = (classId: string, ...names: string[]) =>
	it.does(office, enrol, { classId, nips: names.map((name) => it.nip(name)).join(' ') });
const asks = async (name: string, classId: string) =>
	(await it.does(it.as(name), requestSeat, { classId })).registrationId;
const yes = (actor: Actor, registrationId: string) =>
	it.does(actor, decideRequest, { registrationId, decision: 'approve' });

async function statuses(classId: string): Promise<Record<string, string>> {
	const rows = await it.owner.query<{ name: string; status: string }>(
		'select p.name, r.status from classes.registration r join people.person p using (agency_id) where p.id = r.person_id and r.class_id = $1',
		[classId]
	);
	return Object.fromEntries(rows.rows.map((row) => [row.name, row.status]));
}

async function events(name: string, classId: string): Promise<number> {
	const rows = await it.owner.query(
		`select 1 from platform.event where name = $1 and payload->>'classId' = $2`,
		[name, classId]
	);
	return rows.rows.length;
}

describe('asking for a seat', () => {
	test('somebody asks, the supervisor approves in one press, a second press is told who was first', async () => {
		const { classId } = await aClass();
		const registrationId = await asks('ani', classId);
		const waiting = await it.sees((db) => requestsToDecide(db, kasi, false, { limit: 50, offset: 0 }));
		expect(waiting.requests).toMatchObject([{ id: registrationId, name: 'ani', away: 0, staff: 7 }]);
		expect(await yes(kasi, registrationId)).toEqual({ classId, status: 'enrolled' });
		await expect(yes(it.as('camat', ['classes.approveTeam']), registrationId)).rejects.toMatchObject({
			kind: 'refused',
			code: 'classes.registration.alreadyEnrolled',
			params: { who: 'kasi' }
		});
		expect(await events('classes.enrolled', classId)).toBe(1);
	});

	test('a no carries its reason, and the same person may ask again', async () => {
		const { classId } = await aClass();
		const registrationId = await asks('ani', classId);
		await it.does(kasi, decideRequest, { registrationId, decision: 'reject', note: 'Loket kosong' });
		const page = await it.sees((db) => classById(db, it.as('ani'), classId));
		expect(page.mine).toMatchObject({ status: 'rejected', note: 'Loket kosong' });
		expect(page.can.request).toBe(true);
		expect(await asks('ani', classId)).toBe(registrationId);
		expect(await statuses(classId)).toEqual({ ani: 'requested' });
	});

	test('asking twice is refused, and so is a class that is not open', async () => {
		const { classId } = await aClass();
		await asks('ani', classId);
		await expect(asks('ani', classId)).rejects.toMatchObject({
			code: 'classes.registration.alreadyRequested'
		});
		day += 1;
		const closed = await aClass({ open: false, from: '13:00', to: '14:00' });
		await expect(asks('ani', closed.classId)).rejects.toMatchObject({ code: 'classes.class.notOpen' });
	});

	test('nobody decides their own request, and a stranger’s supervisor not at all', async () => {
		const { classId } = await aClass();
		const own = await asks('kasi', classId);
		await expect(yes(kasi, own)).rejects.toMatchObject({ kind: 'forbidden' });
		const anis = await asks('ani', classId);
		await expect(yes(it.as('stranger', ['classes.approveTeam']), anis)).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('the list of approvals says who else of the unit is away that day', async () => {
		const morning = await aClass({ from: '08:00', to: '10:00' });
		await enrolled(morning.classId, 'budi', 'citra');
		const noon = await aClass({ from: '13:00', to: '15:00' });
		await asks('ani', noon.classId);
		const { requests } = await it.sees((db) => requestsToDecide(db, kasi, false, { limit: 50, offset: 0 }));
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
	test('the last seat asked for by two at once: one is enrolled, one waits', async () => {
		const { classId } = await aClass({ seats: 1 });
		const first = await asks('ani', classId);
		const second = await asks('budi', classId);
		const answers = await Promise.all([
			yes(kasi, first),
			yes(it.as('camat', ['classes.approveTeam']), second)
		]);
		expect(answers.map((answer) => answer.status).sort()).toEqual(['enrolled', 'waiting']);
		expect(Object.values(await statuses(classId)).sort()).toEqual(['enrolled', 'waiting']);
	});

	test('one request answered twice at once is answered once', async () => {
		const { classId } = await aClass();
		const registrationId = await asks('ani', classId);
		const both = await Promise.allSettled([
			yes(kasi, registrationId),
			yes(it.as('camat', ['classes.approveTeam']), registrationId)
		]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const refusal = both.find((one) => one.status === 'rejected');
		expect(refusal?.reason).toMatchObject({ code: 'classes.registration.alreadyEnrolled' });
		expect(await events('classes.enrolled', classId)).toBe(1);
	});

	test('who withdraws lets exactly the first who waits move up, in the same transaction', async () => {
		const { classId } = await aClass({ seats: 1 });
		await enrolled(classId, 'ani', 'budi', 'citra');
		expect(await statuses(classId)).toEqual({ ani: 'enrolled', budi: 'waiting', citra: 'waiting' });
		const citras = await it.sees((db) => classById(db, it.as('citra'), classId));
		expect(citras.mine).toMatchObject({ status: 'waiting', place: 2 });
		const mine = await it.sees((db) => classById(db, it.as('ani'), classId));
		const answer = await it.does(it.as('ani'), withdraw, { registrationId: mine.mine?.id });
		expect(answer).toEqual({ classId, promoted: 1 });
		expect(await statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'enrolled', citra: 'waiting' });
		expect(await events('classes.promoted', classId)).toBe(1);
	});

	test('two who withdraw at once promote two, never one person twice', async () => {
		const { classId } = await aClass({ seats: 2 });
		await enrolled(classId, 'ani', 'budi', 'citra', 'dewi', 'eko');
		const ids = await Promise.all(
			['ani', 'budi'].map(
				async (name) => (await it.sees((db) => classById(db, it.as(name), classId))).mine?.id
			)
		);
		await Promise.all(ids.map((registrationId) => it.does(kasi, withdraw, { registrationId })));
		expect(await statuses(classId)).toEqual({
			ani: 'withdrawn',
			budi: 'withdrawn',
			citra: 'enrolled',
			dewi: 'enrolled',
			eko: 'waiting'
		});
		expect(await events('classes.promoted', classId)).toBe(2);
	});

	test('who is busy elsewhere by now keeps the place in the queue and is passed over', async () => {
		const { classId } = await aClass({ seats: 1 });
		await enrolled(classId, 'ani', 'budi', 'citra');
		const other = await aClass({ from: '09:00', to: '11:00' });
		await enrolled(other.classId, 'budi');
		const mine = await it.sees((db) => classById(db, it.as('ani'), classId));
		await it.does(it.as('ani'), withdraw, { registrationId: mine.mine?.id });
		expect(await statuses(classId)).toEqual({ ani: 'withdrawn', budi: 'waiting', citra: 'enrolled' });
	});

	test('more seats let people move up; fewer than are taken are refused', async () => {
		const { classId } = await aClass({ seats: 1 });
		await enrolled(classId, 'ani', 'budi', 'citra');
		const facts = { classId, name: 'Pelayanan prima', mode: 'class', startsOn: on, endsOn: on };
		expect(await it.does(office, changeClass, { ...facts, seats: 2 })).toMatchObject({ promoted: 1 });
		expect(await statuses(classId)).toEqual({ ani: 'enrolled', budi: 'enrolled', citra: 'waiting' });
		await expect(it.does(office, changeClass, { ...facts, seats: 1 })).rejects.toMatchObject({
			issues: [{ path: 'seats', code: 'classes.class.seatsTaken', params: { enrolled: 2 } }]
		});
	});

	test('a supervisor sends the team; people of others are not sent', async () => {
		const { classId } = await aClass();
		expect(
			await it.does(kasi, nominate, { classId, personIds: [it.who('ani'), it.who('budi')] })
		).toMatchObject({ enrolled: 2 });
		expect(await it.does(kasi, nominate, { classId, personIds: [it.who('ani')] })).toEqual({
			enrolled: 0,
			waiting: 0,
			already: 1
		});
		await expect(it.does(kasi, nominate, { classId, personIds: [it.who('stranger')] })).rejects.toMatchObject(
			{ kind: 'forbidden' }
		);
	});

	test('an unknown NIP is named and nobody of the list is put in', async () => {
		const { classId } = await aClass();
		await expect(
			it.does(office, enrol, { classId, nips: `${it.nip('ani')} 199107152023212005` })
		).rejects.toMatchObject({
			code: 'classes.enrol.unknownNip',
			params: { nip: '199107152023212005', more: 1 }
		});
		expect(await statuses(classId)).toEqual({});
	});
});

describe('one person, one place at a time', () => {
	test('a second class at the same hour is refused by name, when asking and when approving', async () => {
		const one = await aClass({ from: '08:00', to: '10:00' });
		const two = await aClass({ from: '09:30', to: '11:00' });
		const three = await aClass({ from: '10:00', to: '11:00' });
		const asked = await asks('ani', two.classId);
		await enrolled(one.classId, 'ani');
		const clash = { kind: 'refused', code: 'classes.enrol.overlap', params: { name: 'ani' } };
		await expect(yes(kasi, asked)).rejects.toMatchObject(clash);
		await expect(enrolled(two.classId, 'ani')).rejects.toMatchObject(clash);
		const { code } = (await it.sees((db) => classById(db, office, one.classId))).class;
		await expect(enrolled(two.classId, 'ani')).rejects.toMatchObject({
			params: { other: `${code} Pelayanan prima` }
		});
		// one ends when the next begins
		expect(await enrolled(three.classId, 'ani')).toMatchObject({ enrolled: 1 });
	});

	test('put into two classes of the same hour at the same instant, one of them is refused', async () => {
		const one = await aClass();
		const two = await aClass();
		const both = await Promise.allSettled([
			enrolled(one.classId, 'ani', 'budi'),
			enrolled(two.classId, 'budi', 'ani')
		]);
		expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({
			code: 'classes.enrol.overlap'
		});
	});

	test('a session is not moved onto another class of its people', async () => {
		const one = await aClass({ from: '08:00', to: '10:00' });
		const two = await aClass({ from: '13:00', to: '15:00' });
		await enrolled(one.classId, 'ani');
		await enrolled(two.classId, 'ani');
		const { classId: _classId, ...facts } = session(two.classId, { from: '09:00', to: '11:00' });
		await expect(
			it.does(office, changeSession, { sessionId: two.sessionId, ...facts })
		).rejects.toMatchObject({
			code: 'classes.session.peopleBusy',
			params: { name: 'ani', people: 1 }
		});
		const kept = await it.sees((db) => sessionsOf(db, office, two.classId, false));
		expect(kept[0]?.starts_at).toEqual(at('13:00'));
	});

	test('a facilitator who teaches elsewhere is refused by name', async () => {
		const one = await aClass({ facilitator: 'trainer' });
		const two = await aClass({ from: '13:00', to: '14:00' });
		const clash = session(two.classId, { from: '09:00', to: '10:00', facilitator: 'trainer' });
		const { code } = (await it.sees((db) => classById(db, office, one.classId))).class;
		await expect(it.does(office, addSession, clash)).rejects.toMatchObject({
			kind: 'refused',
			code: 'classes.session.facilitatorBusy',
			params: {
				name: 'trainer',
				other: `${code} Pelayanan prima`,
				when: `${on.split('-').reverse().join('-')} 08:00`
			}
		});
		await it.does(office, addSession, { ...clash, facilitatorNip: it.nip('coach') });
		await it.does(office, cancelSession, { sessionId: one.sessionId });
		await it.does(office, addSession, { ...clash, from: '08:00', to: '09:00' });
	});

	test('given away twice in the same instant, a facilitator goes to one class', async () => {
		const one = await aClass({ from: '13:00', to: '14:00' });
		const two = await aClass({ from: '13:00', to: '14:00' });
		const both = await Promise.allSettled(
			[one, two].map(({ classId }) =>
				it.does(office, addSession, session(classId, { facilitator: 'trainer' }))
			)
		);
		expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
		const reason = both.find((each) => each.status === 'rejected')?.reason;
		expect(['classes.session.facilitatorBusy', 'classes.session.facilitatorJustTaken']).toContain(
			reason.code
		);
	});
});

describe('attendance and the end', () => {
	const sheet = (sessionId: string, marks: Record<string, string>) => ({
		sessionId,
		marks: Object.entries(marks).map(([name, status]) => ({ personId: it.who(name), status }))
	});

	test('the facilitator fills the sheet from the first minute on; it starts the class', async () => {
		const { classId, sessionId } = await aClass({ facilitator: 'trainer' });
		await enrolled(classId, 'ani', 'budi');
		const marks = sheet(sessionId, { ani: 'present', budi: 'late' });
		await expect(it.does(trainer, markAttendance, marks, { now: at('07:59') })).rejects.toMatchObject({
			code: 'classes.attendance.tooEarly'
		});
		expect(await it.does(trainer, markAttendance, marks, { now: at('08:00') })).toEqual({
			classId,
			changed: 2
		});
		expect(await it.does(trainer, markAttendance, marks, { now: at('08:01') })).toEqual({
			classId,
			changed: 0
		});
		const page = await it.sees((db) => classById(db, office, classId));
		expect(page.class).toMatchObject({ status: 'running', sessions: 1, sessions_held: 1, enrolled: 2 });
		const filled = await it.sees((db) => attendanceSheet(db, trainer, classId, sessionId, at('08:05')));
		expect(filled.people.map((one) => [one.name, one.mark])).toEqual([
			['ani', 'present'],
			['budi', 'late']
		]);
	});

	test('somebody who is not enrolled is refused by name, and nothing of the sheet is kept', async () => {
		const { classId, sessionId } = await aClass({ facilitator: 'trainer' });
		await enrolled(classId, 'ani');
		await expect(
			it.does(trainer, markAttendance, sheet(sessionId, { ani: 'present', eko: 'present' }), {
				now: at('08:00')
			})
		).rejects.toMatchObject({ code: 'classes.attendance.notEnrolled', params: { name: 'eko' } });
		expect(
			(await it.owner.query('select 1 from classes.attendance where session_id = $1', [sessionId])).rows
		).toEqual([]);
	});

	test('the sheet of others is nobody’s business', async () => {
		const { classId, sessionId } = await aClass({ facilitator: 'trainer' });
		await enrolled(classId, 'ani');
		const coach = it.as('coach', ['classes.teach']);
		await expect(
			it.does(coach, markAttendance, sheet(sessionId, { ani: 'present' }), { now: at('08:00') })
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			it.sees((db) => attendanceSheet(db, coach, classId, sessionId, at('08:00')))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('the class ends with passed and failed by its threshold, and tells the other rooms once', async () => {
		const { classId, sessionId } = await aClass({
			seats: 3,
			from: '08:00',
			to: '10:00',
			attendancePercent: 80
		});
		const second = await it.does(office, addSession, session(classId, { from: '10:00', to: '10:30' }));
		await enrolled(classId, 'ani', 'budi', 'citra', 'dewi');
		await it.does(
			office,
			markAttendance,
			sheet(sessionId, { ani: 'present', budi: 'present', citra: 'excused' }),
			{ now: at('08:10') }
		);
		await expect(it.does(office, finishClass, { classId }, { now: at('10:10') })).rejects.toMatchObject({
			code: 'classes.finish.sessionAhead'
		});
		await expect(it.does(office, finishClass, { classId }, { now: at('11:00') })).rejects.toMatchObject({
			code: 'classes.finish.sheetMissing'
		});
		await it.does(
			office,
			markAttendance,
			sheet(second.sessionId, { ani: 'present', budi: 'absent', citra: 'present' }),
			{ now: at('10:10') }
		);
		expect(await it.does(office, finishClass, { classId }, { now: at('11:00') })).toEqual({
			classId,
			passed: 2,
			failed: 1
		});
		expect(await statuses(classId)).toEqual({
			ani: 'passed',
			budi: 'passed',
			citra: 'failed',
			dewi: 'rejected'
		});
		expect(await events('classes.closed', classId)).toBe(1);
		await expect(
			it.does(office, markAttendance, sheet(sessionId, { citra: 'present' }), { now: at('12:00') })
		).rejects.toMatchObject({ code: 'classes.class.alreadyFinished' });
	});

	test('a class that is called off frees its people and its facilitator', async () => {
		const one = await aClass({ facilitator: 'trainer' });
		await enrolled(one.classId, 'ani');
		await it.does(office, cancelClass, { classId: one.classId, note: 'Banjir' });
		expect(await statuses(one.classId)).toEqual({ ani: 'rejected' });
		const two = await aClass({ facilitator: 'trainer' });
		expect(await enrolled(two.classId, 'ani')).toMatchObject({ enrolled: 1 });
	});
});

describe('where a class comes from', () => {
	test('a class carries out a line only of a decreed plan', async () => {
		const [planId, lineId] = [newId(), newId()];
		await it.owner.query(
			`insert into plans.plan (agency_id, id, year, title, status, budget, created_by, created_at) values ($1, $2, 2027, 'Rencana', 'approved', 1e9, 'uji', now())`,
			[it.agencyId, planId]
		);
		await it.owner.query(
			`insert into plans.line (agency_id, id, plan_id, sort, program_id, seats, learning_hours, cost, quarter, fund_source) values ($1, $2, $3, 1, $4, 30, 20, 1e6, 1, 'own')`,
			[it.agencyId, lineId, planId, it.need.programId]
		);
		const facts = {
			name: 'Pelayanan prima',
			mode: 'class',
			seats: 30,
			startsOn: on,
			endsOn: on,
			planLineId: lineId
		};
		await expect(
			it.does(office, createClass, { ...facts, programId: it.need.programId })
		).rejects.toMatchObject({
			code: 'classes.class.planNotDecreed'
		});
		await it.owner.query(
			`update plans.plan set status = 'decreed', decree_number = '1', decree_date = '2026-11-03' where id = $1`,
			[planId]
		);
		await expect(
			it.does(office, createClass, { ...facts, programId: it.need.otherProgramId })
		).rejects.toMatchObject({
			code: 'classes.class.otherProgram'
		});
		const { classId } = await it.does(office, createClass, { ...facts, programId: it.need.programId });
		const page = await it.sees((db) => classById(db, office, classId));
		expect(page.class).toMatchObject({
			plan_line_id: lineId,
			plan_year: 2027,
			version_id: it.need.versionId,
			answers_gap: false
		});
	});

	test('codes go up by one, also for two people at once; a code in use is refused', async () => {
		const facts = {
			name: 'Pelayanan prima',
			mode: 'class',
			seats: 30,
			startsOn: on,
			endsOn: on,
			programId: it.need.otherProgramId
		};
		await Promise.all([it.does(office, createClass, facts), it.does(office, createClass, facts)]);
		const codes = await it.owner.query<{ code: string }>(
			`select code from classes.class where code like 'LAIN-%' order by code`
		);
		expect(codes.rows.map((row) => row.code)).toEqual(['LAIN-2027-1', 'LAIN-2027-2']);
		await expect(it.does(office, createClass, { ...facts, code: 'LAIN-2027-1' })).rejects.toMatchObject({
			code: 'classes.class.codeTaken'
		});
		await it.does(office, createClass, { ...facts, code: 'LAIN-2027-3' });
		const { classId } = await it.does(office, createClass, facts);
		expect((await it.sees((db) => classById(db, office, classId))).class.code).toBe('LAIN-2027-4');
	});

	test('only the training office plans classes, and a class without sessions does not open', async () => {
		const facts = {
			name: 'Pelayanan prima',
			mode: 'class',
			seats: 30,
			startsOn: on,
			endsOn: on,
			programId: it.need.programId
		};
		await expect(it.does(kasi, createClass, facts)).rejects.toMatchObject({ kind: 'forbidden' });
		const { classId } = await it.does(office, createClass, facts);
		await expect(it.does(office, openClass, { classId })).rejects.toMatchObject({
			code: 'classes.open.noSessions'
		});
	});
});

describe('who sees what', () => {
	const all = { month: null, status: null, mode: null, mine: false, search: '' };

	test('a clerk finds open classes and not those being planned; the list counts seats', async () => {
		const planned = await aClass({ open: false });
		const open = await aClass({ seats: 1, from: '13:00', to: '14:00' });
		await enrolled(open.classId, 'ani', 'budi');
		const month = on.slice(0, 7);
		const seen = await it.sees((db) =>
			classesOf(db, it.as('ani'), { ...all, month }, { limit: 500, offset: 0 })
		);
		const ids = seen.classes.map((one) => one.id);
		expect(ids).toContain(open.classId);
		expect(ids).not.toContain(planned.classId);
		expect(seen.classes.find((one) => one.id === open.classId)).toMatchObject({
			enrolled: 1,
			waiting: 1,
			mine: 'enrolled',
			planned: false
		});
		await expect(it.sees((db) => classById(db, it.as('ani'), planned.classId))).rejects.toMatchObject({
			kind: 'missing'
		});
		expect((await it.sees((db) => classById(db, kasi, planned.classId))).class.status).toBe('planned');
	});

	test('participants are shown in one’s own reach: the office all, a unit its own, a clerk the own name', async () => {
		const { classId } = await aClass({ facilitator: 'trainer' });
		await enrolled(classId, 'ani', 'budi', 'stranger');
		const names = async (actor: Actor, teaching = false) => {
			const page = await it.sees((db) =>
				participantsOfClass(
					db,
					actor,
					{ id: classId, status: 'open', teaching },
					{ status: null, sort: 'name', descending: false },
					{ limit: 50, offset: 0 }
				)
			);
			return page.participants.map((one) => one.name);
		};
		expect(await names(office)).toEqual(['ani', 'budi', 'stranger']);
		expect(await names(it.as('camat', ['classes.read']))).toEqual(['ani', 'budi']);
		expect(await names(it.as('kasi'))).toEqual(['ani', 'budi']);
		expect(await names(it.as('ani'))).toEqual(['ani']);
		expect(await names(trainer, true)).toEqual(['ani', 'budi', 'stranger']);
		expect(await names(it.as('coach'))).toEqual([]);
	});

	test('another agency finds nothing', async () => {
		const { classId } = await aClass();
		const neighbour: Actor = { ...office, agencyId: newId() };
		await expect(it.sees((db) => classById(db, neighbour, classId))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
