import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { checkIn, decidePlan, savePlan } from './server/commands.ts';
import { commonestObstacles } from './server/queries/board.ts';
import { board, classTaken, draftOf, ownPlans, plansWaitingFor } from './server/queries.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

describe('writing a plan', () => {
	test('three lines with their days are kept in order; a draft goes on where it stopped', async () => {
		const draft = {
			classId: it.classId(),
			goal: 'Antrean',
			steps: [{ what: 'Hitung antrean', dueOn: it.today() }]
		};
		const first = await it.does(it.as('ani'), savePlan, draft, it.evening());
		expect(first).toMatchObject({ submitted: false });
		expect(await it.sees((db) => draftOf(db, it.who('ani'), it.classId()))).toEqual({
			id: first.actionPlanId
		});
		expect(await it.sheet(first.actionPlanId)).toMatchObject({ status: 'draft', goal: 'Antrean' });
		expect(await it.sent()).toBe(first.actionPlanId);
		const plan = await it.sheet(first.actionPlanId);
		expect(plan).toMatchObject({ status: 'submitted', supervisorName: 'kasi', program: 'Program PPP' });
		expect(plan.steps.map(({ what, dueOn, doneOn }) => ({ what, dueOn, doneOn }))).toEqual(
			it.threeSteps().map((step) => ({ ...step, doneOn: null }))
		);
		expect(await it.sees((db) => ownPlans(db, it.who('ani')))).toContainEqual(
			expect.objectContaining({ id: first.actionPlanId, classId: it.classId(), status: 'submitted' })
		);
	});

	test('two devices at once write the same plan, not two', async () => {
		const both = await Promise.all([
			it.does(it.as('ani'), savePlan, { classId: it.classId(), goal: 'Satu', steps: [] }, it.evening()),
			it.does(it.as('ani'), savePlan, { classId: it.classId(), goal: 'Dua', steps: [] }, it.evening())
		]);
		expect(new Set(both.map(({ actionPlanId }) => actionPlanId)).size).toBe(1);
	});

	test.each([
		['without a goal', { goal: '' }, 'goal'],
		['without a measure', { indicator: '' }, 'indicator'],
		['without a step', { steps: [] }, 'steps.0.what'],
		['with a step whose day is gone', { steps: [{ what: 'Kemarin', dueOn: '2020-01-01' }] }, 'steps.0.dueOn']
	])('%s it is not sent, and the field is named', async (_, change, path) => {
		await expect(
			it.does(it.as('ani'), savePlan, { ...it.whole(), ...change }, it.evening())
		).rejects.toMatchObject({ kind: 'invalid', issues: [{ path }] });
	});

	test('who had no seat has nothing to follow up; who had one and failed may still apply it', async () => {
		await expect(it.does(it.as('dewi'), savePlan, it.whole(), it.evening())).rejects.toMatchObject({
			kind: 'missing'
		});
		expect(await it.sees((db) => classTaken(db, it.who('dewi'), it.classId()))).toBeNull();
		await expect(it.sent('citra')).resolves.toBeTypeOf('string');
	});

	test('what waits or was approved is no longer rewritten', async () => {
		const id = await it.sent();
		await expect(it.sent()).rejects.toMatchObject({ code: 'followup.plan.is.submitted' });
		await it.decide(id);
		await expect(it.sent()).rejects.toMatchObject({ code: 'followup.plan.is.approved' });
	});
});

describe('the supervisor', () => {
	test('finds it on the desk, approves it, and the other rooms are told once', async () => {
		const id = await it.sent();
		const desk = await it.sees((db) => plansWaitingFor(db, it.as('kasi')));
		expect(desk.find((plan) => plan.id === id)).toMatchObject({ personName: 'ani', steps: 3 });
		await it.decide(id);
		expect(await it.sheet(id)).toMatchObject({ status: 'approved', supervisorName: 'kasi' });
		expect((await it.sees((db) => plansWaitingFor(db, it.as('kasi')))).find((plan) => plan.id === id)).toBe(
			undefined
		);
		const told = await it.owner.query(
			`select 1 from platform.event where name = 'followup.planApproved' and payload->>'actionPlanId' = $1`,
			[id]
		);
		expect(told.rows).toHaveLength(1);
	});

	test('returns it with words; it is written again and sent again', async () => {
		const id = await it.sent();
		await expect(
			it.does(it.as('kasi'), decidePlan, { actionPlanId: id, decision: 'returned' }, it.evening())
		).rejects.toMatchObject({ kind: 'invalid', issues: [{ path: 'note' }] });
		await it.decide(id, 'returned');
		expect(await it.sheet(id)).toMatchObject({ status: 'returned', note: 'Perjelas ukurannya' });
		expect(await it.sent()).toBe(id);
		await it.decide(id);
		expect(await it.sheet(id)).toMatchObject({ status: 'approved' });
	});

	test('approves while the head above returns it at the same moment: one wins, the other is told', async () => {
		const id = await it.sent();
		const both = await Promise.allSettled([
			it.decide(id),
			it.decide(id, 'returned', it.as('camat', ['followup.approveTeam']))
		]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		const { status } = await it.sheet(id);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
			kind: 'refused',
			code: `followup.plan.is.${status}`
		});
	});

	test('nobody approves their own; to a stranger and a colleague it does not exist', async () => {
		const id = await it.sent();
		await expect(it.decide(id, 'approved', it.as('ani', ['followup.approveTeam']))).rejects.toMatchObject({
			kind: 'forbidden'
		});
		for (const by of [it.as('stranger', ['followup.approveTeam', 'followup.read']), it.as('budi')])
			await expect(it.decide(id, 'approved', by)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.decide(id, 'approved', it.as('camat', ['followup.read']))).rejects.toMatchObject({
			kind: 'forbidden'
		});
		expect(await it.sheet(id)).toMatchObject({ status: 'submitted' });
	});
});

describe('who sees a plan', () => {
	test('its writer, the supervisor and readers of the unit; for everybody else it does not exist', async () => {
		const id = await it.sent();
		for (const by of [it.as('ani'), it.as('kasi'), it.as('camat', ['followup.read'])])
			expect(await it.sheet(id, by)).toMatchObject({ id, personName: 'ani' });
		for (const by of [
			it.as('budi'),
			it.as('camat'),
			it.as('stranger', ['followup.read', 'followup.approveTeam'])
		])
			await expect(it.sheet(id, by)).rejects.toMatchObject({ kind: 'missing' });
	});

	test('a draft is its writer’s alone, on the sheet as on the board', async () => {
		const draft = { classId: it.classId(), goal: 'Belum jadi', steps: [] };
		const { actionPlanId } = await it.does(it.as('budi'), savePlan, draft, it.evening());
		const camat = it.as('camat', ['followup.read', 'followup.approveTeam']);
		await expect(it.sheet(actionPlanId, camat)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.decide(actionPlanId, 'approved', camat)).rejects.toMatchObject({ kind: 'missing' });
		const { rows } = await it.sees((db) => board(db, camat, it.today(), 1));
		expect(rows.map((row) => row.id)).not.toContain(actionPlanId);
	});

	test('the board is sorted by any of its columns, whoever said nothing yet last', async () => {
		await it.tells(await it.approved(), { progress: 70 });
		await it.tells(await it.approved('budi'), { progress: 20 }, it.as('budi'));
		await it.newClass();
		await it.approved();
		const officer = it.as('officer', ['followup.read'], '');
		const progress = async (descending: boolean) =>
			(
				await it.sees((db) => board(db, officer, it.today(), 1, undefined, { by: 'progress', descending }))
			).rows.map((row) => row.progress ?? Infinity * (descending ? -1 : 1));
		const up = await progress(false);
		expect(up.length).toBeGreaterThan(2);
		expect(up).toEqual(up.toSorted((a, b) => a - b));
		const down = await progress(true);
		expect(down).toEqual(down.toSorted((a, b) => b - a));
		for (const by of ['status', 'person', 'unit', 'program', 'last'] as const)
			expect(
				(await it.sees((db) => board(db, officer, it.today(), 1, undefined, { by, descending: false }))).total
			).toBe(up.length);
	});

	test('the board shows the own subtree with what is late', async () => {
		const id = await it.approved();
		await it.tells(id, { progress: 10, obstacle: 'tools' });
		const camat = it.as('camat', ['followup.read']);
		const later = addDays(it.today(), 31);
		const seen = await it.sees((db) => board(db, camat, later, 1));
		expect(seen.rows.find((row) => row.id === id)).toMatchObject({
			late: 2,
			progress: 10,
			personName: 'ani'
		});
		const stranger = it.as('stranger', ['followup.read']);
		expect(await it.sees((db) => board(db, stranger, later, 1))).toMatchObject({
			rows: [],
			total: 0,
			counts: { plans: 0, late: 0 }
		});
	});

	test('the three commonest obstacles of running plans reach the head of the unit and of those above', async () => {
		const of = (unit: string, by = it.as('camat', ['followup.read'])) =>
			it.sees((db) => commonestObstacles(db, by, unit));
		const before = new Map((await of(it.unit.marelan)).map((one) => [one.obstacle, one.times]));
		const id = await it.approved();
		await it.tells(id, { obstacle: 'time' });
		expect((await of(it.unit.marelan)).length).toBeLessThanOrEqual(3);
		const times = async () => (await of(it.unit.marelan)).find(({ obstacle }) => obstacle === 'time')?.times;
		expect(await times()).toBe((before.get('time') ?? 0) + 1);
		expect(await of(it.unit.pelayanan)).toEqual(await of(it.unit.marelan));
		// What no longer hinders, and what was finished, is not counted.
		await it.does(
			it.as('ani'),
			checkIn,
			{ actionPlanId: id, progress: 60, note: 'Sudah ada waktu' },
			{ now: it.at('19:00') }
		);
		expect((await times()) ?? 0).toBe(before.get('time') ?? 0);
		expect(await of(it.unit.marelan, it.as('stranger', ['followup.read']))).toEqual([]);
	});

	test('of somebody who has left, the agency still opens it and other units do not', async () => {
		const id = await it.sent('budi');
		await it.owner.query('update people.person set active = false where id = $1', [it.who('budi')]);
		expect(await it.sheet(id, it.as('officer', ['followup.read'], ''))).toMatchObject({ personName: 'budi' });
		await expect(it.sheet(id, it.as('camat', ['followup.read']))).rejects.toMatchObject({ kind: 'missing' });
		await it.owner.query('update people.person set active = true where id = $1', [it.who('budi')]);
	});
});
