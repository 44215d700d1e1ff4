import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { savePlan } from './server/commands.ts';
import { adoptProject, sayMilestone } from './server/commands/project.ts';
import { reassignPlans } from './server/commands/reassign.ts';
import { plansWaitingFor } from './server/queries.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

const later = (days: number) => ({ now: new Date(it.at('18:00').getTime() + days * 86_400_000) });
const milestones = [
	{ horizon: 'short', target: 'Nomor antrean di satu loket', months: 2 },
	{ horizon: 'medium', target: 'Nomor antrean di semua loket', months: 6 },
	{ horizon: 'long', target: '', months: 12 }
];

describe('a change project', () => {
	const project = (change: object = {}) =>
		it.does(
			it.as('ani'),
			savePlan,
			{
				...it.whole(),
				project: 'Antrean tanpa tunggu',
				support: 'Satu mesin antrean',
				milestones,
				...change
			},
			it.evening()
		);

	test('keeps the milestones that have a target; its owner says where they stand', async () => {
		const { actionPlanId } = await project();
		const say = (by = it.as('ani'), horizon = 'short') =>
			it.does(by, sayMilestone, { actionPlanId, horizon, state: 'reached' }, it.evening());
		await expect(say()).rejects.toMatchObject({ code: 'followup.plan.is.submitted' });
		await it.decide(actionPlanId);
		await say();
		await expect(say(it.as('kasi'))).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(say(it.as('ani'), 'long')).rejects.toMatchObject({ kind: 'missing' });
		expect(await it.sheet(actionPlanId)).toMatchObject({
			project: 'Antrean tanpa tunggu',
			support: 'Satu mesin antrean',
			milestones: [
				{ horizon: 'short', state: 'reached', months: 2 },
				{ horizon: 'medium', state: 'planned' }
			]
		});
	});

	test.each([
		['without a short-term target', [], 'milestones.0.target'],
		[
			'with a medium term before the short',
			[
				{ horizon: 'short', target: 'Satu loket', months: 6 },
				{ horizon: 'medium', target: 'Semua loket', months: 6 }
			],
			'milestones.1.months'
		]
	])('%s it is not sent, and the field is named', async (_, list, path) => {
		await expect(project({ milestones: list })).rejects.toMatchObject({ issues: [{ path }] });
	});

	test('the sponsor says at 3, 6 and 12 months whether it is adopted, not before, and once', async () => {
		const { actionPlanId } = await project();
		await it.decide(actionPlanId);
		const adopt = (months: number, days: number, by = it.as('kasi')) =>
			it.does(by, adoptProject, { actionPlanId, months, answer: 'partly' }, later(days));
		await expect(adopt(3, 40)).rejects.toMatchObject({ code: 'followup.adopt.tooEarly' });
		await expect(adopt(3, 100, it.as('ani', ['followup.approveTeam']))).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(adopt(3, 100, it.as('budi'))).rejects.toMatchObject({ kind: 'missing' });
		await adopt(3, 100);
		await expect(adopt(3, 101)).rejects.toMatchObject({ code: 'followup.adopt.said' });
		expect((await it.sheet(actionPlanId)).adoptions).toMatchObject([
			{ months: 3, answer: 'partly', by: 'kasi' }
		]);
		const plain = await it.approved('budi');
		await expect(
			it.does(it.as('kasi'), adoptProject, { actionPlanId: plain, months: 3, answer: 'yes' }, later(100))
		).rejects.toMatchObject({ code: 'followup.adopt.noProject' });
	});
});

describe('a supervisor who left', () => {
	const office = () => it.as('officer', ['agency.settings'], '');
	const day = () => it.does(office(), reassignPlans, {}, it.evening());
	const head = async (name: string, active: boolean) => {
		await it.owner.query('update people.person set active = $2 where id = $1', [it.who('kasi'), active]);
		await it.owner.query('update people.unit set head_person_id = $2 where id = $1', [
			it.unit.pelayanan,
			it.who(name)
		]);
		await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
	};

	test('blocks nobody: the one of today finds the plan on the desk and approves it', async () => {
		const id = await it.sent();
		expect(await day()).toMatchObject({ plans: 0 });
		await head('dewi', false);
		expect(await day()).toMatchObject({ plans: expect.any(Number) });
		expect((await it.sees((db) => plansWaitingFor(db, it.as('dewi')))).map((plan) => plan.id)).toContain(id);
		await it.decide(id, 'approved', it.as('dewi'));
		expect(await it.sheet(id)).toMatchObject({
			status: 'approved',
			supervisorName: 'dewi',
			reassigned: [{ from: 'kasi', to: 'dewi' }]
		});
		expect(await day()).toMatchObject({ plans: 0 });
		await head('kasi', true);
		await day();
		expect(await it.sheet(id)).toMatchObject({ supervisorName: 'kasi' });
	});

	test('a plan that a head above decided stays with that head', async () => {
		const id = await it.sent();
		await it.decide(id, 'approved', it.as('camat', ['followup.approveTeam']));
		expect(await day()).toMatchObject({ plans: 0 });
		expect(await it.sheet(id)).toMatchObject({ supervisorName: 'camat' });
	});

	test('nobody else reassigns', async () => {
		await expect(
			it.does(it.as('kasi', ['followup.approveTeam']), reassignPlans, {}, it.evening())
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
});
