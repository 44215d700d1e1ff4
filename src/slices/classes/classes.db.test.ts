import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { createClass, openClass } from './server/commands/write-class.ts';
import { classById, classesOf } from './server/queries/classes.ts';
import { participantsOfClass } from './server/queries/participants.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

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
			startsOn: it.today(),
			endsOn: it.today(),
			planLineId: lineId
		};
		await expect(
			it.does(it.office, createClass, { ...facts, programId: it.need.programId })
		).rejects.toMatchObject({
			code: 'classes.class.planNotDecreed'
		});
		await it.owner.query(
			`update plans.plan set status = 'decreed', decree_number = '1', decree_date = '2026-11-03' where id = $1`,
			[planId]
		);
		await expect(
			it.does(it.office, createClass, { ...facts, programId: it.need.otherProgramId })
		).rejects.toMatchObject({
			code: 'classes.class.otherProgram'
		});
		const { classId } = await it.does(it.office, createClass, { ...facts, programId: it.need.programId });
		const page = await it.sees((db) => classById(db, it.office, classId));
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
			startsOn: it.today(),
			endsOn: it.today(),
			programId: it.need.otherProgramId
		};
		await Promise.all([it.does(it.office, createClass, facts), it.does(it.office, createClass, facts)]);
		const codes = await it.owner.query<{ code: string }>(
			`select code from classes.class where code like 'LAIN-%' order by code`
		);
		expect(codes.rows.map((row) => row.code)).toEqual(['LAIN-2027-1', 'LAIN-2027-2']);
		await expect(it.does(it.office, createClass, { ...facts, code: 'LAIN-2027-1' })).rejects.toMatchObject({
			code: 'classes.class.codeTaken'
		});
		await it.does(it.office, createClass, { ...facts, code: 'LAIN-2027-3' });
		const { classId } = await it.does(it.office, createClass, facts);
		expect((await it.sees((db) => classById(db, it.office, classId))).class.code).toBe('LAIN-2027-4');
	});

	test('only the training it.office plans classes, and a class without sessions does not open', async () => {
		const facts = {
			name: 'Pelayanan prima',
			mode: 'class',
			seats: 30,
			startsOn: it.today(),
			endsOn: it.today(),
			programId: it.need.programId
		};
		await expect(it.does(it.kasi, createClass, facts)).rejects.toMatchObject({ kind: 'forbidden' });
		const { classId } = await it.does(it.office, createClass, facts);
		await expect(it.does(it.office, openClass, { classId })).rejects.toMatchObject({
			code: 'classes.open.noSessions'
		});
	});
});

describe('who sees what', () => {
	const all = { month: null, status: null, mode: null, mine: false, search: '' };

	test('a clerk finds open classes and not those being planned; the list counts seats', async () => {
		const planned = await it.aClass({ open: false });
		const open = await it.aClass({ seats: 1, from: '13:00', to: '14:00' });
		await it.enrolled(open.classId, 'ani', 'budi');
		const month = it.today().slice(0, 7);
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
		expect((await it.sees((db) => classById(db, it.kasi, planned.classId))).class.status).toBe('planned');
	});

	test('participants are shown in one’s own reach: the it.office all, a unit its own, a clerk the own name', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		await it.enrolled(classId, 'ani', 'budi', 'stranger');
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
		expect(await names(it.office)).toEqual(['ani', 'budi', 'stranger']);
		expect(await names(it.as('camat', ['classes.read']))).toEqual(['ani', 'budi']);
		expect(await names(it.as('kasi'))).toEqual(['ani', 'budi']);
		expect(await names(it.as('ani'))).toEqual(['ani']);
		expect(await names(it.trainer, true)).toEqual(['ani', 'budi', 'stranger']);
		expect(await names(it.as('coach'))).toEqual([]);
	});

	test('another agency finds nothing', async () => {
		const { classId } = await it.aClass();
		const neighbour: Actor = { ...it.office, agencyId: newId() };
		await expect(it.sees((db) => classById(db, neighbour, classId))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
