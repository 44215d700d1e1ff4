import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { approvePlan, decreePlan, returnPlan, submitPlan } from './server/commands/decide-plan.ts';
import { addLine, changeLine, removeLine } from './server/commands/write-line.ts';
import { changePlan, createPlan } from './server/commands/write-plan.ts';
import { gapChoices } from './server/gap-choices.ts';
import { linesOf, planById, plansOf } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
let officer: Actor;
let secretary: Actor;
let mayor: Actor;
beforeAll(async () => {
	it = await town();
	officer = it.as('officer', ['plans.read', 'plans.edit', 'plans.submit', 'needs.read'], '');
	secretary = it.as('camat', ['plans.read', 'plans.approve'], '');
	mayor = it.as('stranger', ['plans.read', 'plans.decree'], '');
});
afterAll(() => it.close());

const newPlan = async (budget = 500_000_000) =>
	(await it.does(officer, createPlan, { year: 2027, title: 'Rencana 2027', budget })).planId;

const fromGap = (planId: string, change: object = {}) => ({
	planId,
	programId: it.need.programId,
	campaignId: it.need.campaignId,
	competencyId: it.need.competencyId,
	unitId: it.unit.marelan,
	unitGoal: 'Antrean di bawah 10 menit',
	seats: 30,
	cost: 60_000_000,
	quarter: 2,
	fundSource: 'own',
	...change
});

/** A plan with one line, moved on as far as asked. */
async function planAt(status: 'submitted' | 'approved' | 'decreed') {
	const planId = await newPlan();
	const { lineId } = await it.does(officer, addLine, fromGap(planId));
	await it.does(officer, submitPlan, { planId });
	if (status !== 'submitted') await it.does(secretary, approvePlan, { planId });
	if (status === 'decreed')
		await it.does(mayor, decreePlan, { planId, decreeNumber: '800/1/2026', decreeDate: '2026-01-05' });
	return { planId, lineId };
}

describe('lines from accepted needs', () => {
	/** A need as a forum left it, with one person frozen. */
	async function need(status: string) {
		const id = newId();
		await it.owner.query(
			`insert into needs.proposal (agency_id, id, unit_id, year, kind, competency_id, topic, campaign_id, people, form, quarter, reason, status, created_at)
			values ($1, $2, $3, 2027, 'competency', $4, 'Antrean', $5, 12, 'training', 2, 'Antrean panjang', $6, now())`,
			[it.agencyId, id, it.unit.marelan, it.need.competencyId, it.need.campaignId, status]
		);
		if (status !== 'accepted') return id;
		await it.owner.query(
			`with s as (insert into needs.snapshot (agency_id, proposal_id, taken_at, facts) values ($1, $2, now(), '{}'))
			select 1`,
			[it.agencyId, id]
		);
		return id;
	}
	test('a line knows its need and takes unit from it; only an accepted one', async () => {
		const planId = await newPlan();
		const needId = await need('accepted');
		const line = {
			planId,
			programId: it.need.programId,
			unitGoal: 'Antrean',
			seats: 12,
			cost: 1,
			quarter: 2,
			fundSource: 'own'
		};
		const { lineId } = await it.does(officer, addLine, { ...line, needId });
		const { rows } = await it.owner.query('select need_id, unit_id from plans.line where id = $1', [lineId]);
		expect(rows).toEqual([{ need_id: needId, unit_id: it.unit.marelan }]);
		const draft = await need('draft');
		await expect(it.does(officer, addLine, { ...line, needId: draft })).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});

describe('lines from gaps', () => {
	test('a line keeps what the campaign measured, the level of the curriculum and its JP', async () => {
		const planId = await newPlan();
		await it.does(officer, addLine, fromGap(planId));
		const { lines, total } = await it.sees((db) =>
			linesOf(db, officer, planId, {}, { limit: 50, offset: 0 })
		);
		expect(total).toBe(1);
		expect(lines[0]).toMatchObject({
			target_level: 3,
			learning_hours: 20,
			unit: 'Unit marelan',
			isBreak: false,
			seats: 30
		});
		// three people: their number may be shown, their mean may not
		expect(lines[0]?.evidence).toEqual({ people: 'few', mean: null });
		const kept = await it.owner.query(
			'select gap_people, gap_mean::float from plans.line where plan_id = $1',
			[planId]
		);
		expect(kept.rows[0]).toEqual({ gap_people: 3, gap_mean: 2 });
	});

	test('a line without a gap stays possible, and is counted as a break', async () => {
		const planId = await newPlan();
		await it.does(officer, addLine, fromGap(planId, { campaignId: undefined, competencyId: undefined }));
		const { totals } = await it.sees((db) => planById(db, officer, planId));
		expect(totals).toMatchObject({ lines: 1, breaks: 1, seats: 30, cost: 60_000_000, learningHours: 600 });
	});

	test('a program that does not raise the competency does not answer its gap', async () => {
		const planId = await newPlan();
		await expect(
			it.does(officer, addLine, fromGap(planId, { programId: it.need.otherProgramId }))
		).rejects.toMatchObject({ kind: 'refused', code: 'plans.line.doesNotRaise' });
	});

	test('a gap that nobody has is no reason for a line', async () => {
		const planId = await newPlan();
		await expect(it.does(officer, addLine, fromGap(planId, { unitId: it.unit.plaju }))).rejects.toMatchObject(
			{
				code: 'plans.line.noGap'
			}
		);
	});

	test('a campaign without a competency is sent back to the field', async () => {
		const planId = await newPlan();
		await expect(
			it.does(officer, addLine, fromGap(planId, { competencyId: undefined }))
		).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'competencyId', code: 'plans.line.gapIncomplete' }]
		});
	});

	test('the screen of gaps shows who has it and which programs raise it', async () => {
		const asked = {
			campaignId: it.need.campaignId,
			unitId: it.unit.marelan,
			competencyId: it.need.competencyId
		};
		const choices = await it.sees((db) => gapChoices(db, officer, asked));
		expect(choices.gap).toMatchObject({ people: 3, mean: 2 });
		expect(choices.programs).toMatchObject([{ code: 'PPP', level: 3, learning_hours: 20 }]);
		expect(choices.units.map((unit) => unit.name)).toEqual(['Unit bkpsdm', 'Unit marelan', 'Unit plaju']);
	});

	test('where nobody was measured nobody is said to be at the standard', async () => {
		const { campaignId, competencyId } = it.need;
		const gapAt = async (unitId: string) =>
			(await it.sees((db) => gapChoices(db, officer, { campaignId, unitId, competencyId }))).gap;
		expect(await gapAt(it.unit.plaju)).toMatchObject({ people: 0, unmeasured: true });
		expect(await gapAt(it.unit.marelan)).toMatchObject({ unmeasured: false });
	});

	test('a line is changed and removed while the plan is a draft', async () => {
		const planId = await newPlan();
		const { lineId } = await it.does(officer, addLine, fromGap(planId));
		const change = {
			lineId,
			unitGoal: 'Lain',
			seats: 12,
			learningHours: 8,
			cost: 1_000_000,
			quarter: 4,
			fundSource: 'partner'
		};
		await it.does(officer, changeLine, change);
		const { totals } = await it.sees((db) => planById(db, officer, planId));
		expect(totals).toMatchObject({ seats: 12, cost: 1_000_000, learningHours: 96 });
		await it.does(officer, removeLine, { lineId });
		await expect(it.does(officer, removeLine, { lineId })).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('the way to the decree', () => {
	test('submit, return with a reason, submit again, approve, decree: every step is written down', async () => {
		const planId = await newPlan();
		await it.does(officer, addLine, fromGap(planId));
		await it.does(officer, submitPlan, { planId });
		await it.does(secretary, returnPlan, { planId, note: 'Kurangi kursi' });
		await it.does(officer, submitPlan, { planId });
		await it.does(secretary, approvePlan, { planId });
		await it.does(mayor, decreePlan, { planId, decreeNumber: '800/12/2026', decreeDate: '2026-01-05' });
		const { plan, history, can } = await it.sees((db) => planById(db, officer, planId));
		expect(plan).toMatchObject({
			status: 'decreed',
			decree_number: '800/12/2026',
			decree_date: '2026-01-05'
		});
		expect(history.map((one) => [one.to_status, one.who]).reverse()).toEqual([
			['draft', 'officer'],
			['submitted', 'officer'],
			['returned', 'camat'],
			['submitted', 'officer'],
			['approved', 'camat'],
			['decreed', 'stranger']
		]);
		expect(history.find((one) => one.to_status === 'returned')?.note).toBe('Kurangi kursi');
		expect(Object.values(can)).not.toContain(true);
		const told = await it.owner.query(
			`select payload from platform.event where name = 'plans.decreed' and payload->>'planId' = $1`,
			[planId]
		);
		expect(told.rows).toEqual([{ payload: { planId } }]);
	});

	test('two people approve at once: one wins, the other is told who and when', async () => {
		const { planId } = await planAt('submitted');
		const other = it.as('kasi', ['plans.read', 'plans.approve'], '');
		const both = await Promise.allSettled([
			it.does(secretary, approvePlan, { planId }),
			it.does(other, approvePlan, { planId })
		]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const winner = both[0]?.status === 'fulfilled' ? 'camat' : 'kasi';
		const refusal = both.find((one) => one.status === 'rejected');
		expect(refusal?.reason).toMatchObject({
			kind: 'refused',
			code: 'plans.plan.alreadyApproved',
			params: { who: winner }
		});
		expect(refusal?.reason.params.when).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
	});

	test('an empty plan and a plan over its ceiling are not submitted', async () => {
		const empty = await newPlan();
		await expect(it.does(officer, submitPlan, { planId: empty })).rejects.toMatchObject({
			code: 'plans.submit.empty'
		});
		const dear = await newPlan(50_000_000);
		await it.does(officer, addLine, fromGap(dear));
		await expect(it.does(officer, submitPlan, { planId: dear })).rejects.toMatchObject({
			code: 'plans.submit.overBudget',
			params: { over: 'Rp 10.000.000' }
		});
	});

	test('a return needs its reason', async () => {
		const { planId } = await planAt('submitted');
		await expect(it.does(secretary, returnPlan, { planId, note: ' ' })).rejects.toMatchObject({
			issues: [{ path: 'note', code: 'kernel.field.required' }]
		});
	});

	test('each step is refused to whoever has not the ability', async () => {
		const { planId } = await planAt('submitted');
		await expect(it.does(officer, approvePlan, { planId })).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			it.does(secretary, decreePlan, { planId, decreeNumber: '800/1', decreeDate: '2026-01-05' })
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			it.does(it.as('ani'), createPlan, { year: 2027, title: 'Punya Ani', budget: 1 })
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('the same key twice makes one line', async () => {
		const planId = await newPlan();
		const key = newId();
		const first = await it.does(officer, addLine, fromGap(planId), { key });
		const second = await it.does(officer, addLine, fromGap(planId), { key });
		expect(second).toEqual(first);
		const { totals } = await it.sees((db) => planById(db, officer, planId));
		expect(totals.lines).toBe(1);
	});
});

describe('a decreed plan is frozen', () => {
	test('every command refuses to change it', async () => {
		const { planId, lineId } = await planAt('decreed');
		const change = {
			lineId,
			unitGoal: 'x',
			seats: 1,
			learningHours: 1,
			cost: 1,
			quarter: 1,
			fundSource: 'own'
		};
		for (const attempt of [
			() => it.does(officer, addLine, fromGap(planId)),
			() => it.does(officer, changeLine, change),
			() => it.does(officer, removeLine, { lineId }),
			() => it.does(officer, changePlan, { planId, title: 'Lain', budget: 1 }),
			() => it.does(secretary, returnPlan, { planId, note: 'terlambat' })
		])
			await expect(attempt()).rejects.toMatchObject({ kind: 'refused', code: 'plans.plan.alreadyDecreed' });
	});

	test.each([
		['its title', 'update plans.plan set title = $$Lain$$ where id = $1', 'plan'],
		[
			'its status',
			`update plans.plan set status = 'draft', decree_number = null, decree_date = null where id = $1`,
			'plan'
		],
		['itself away', 'delete from plans.plan where id = $1', 'plan'],
		['the cost of a line', 'update plans.line set cost = 1 where id = $1', 'line'],
		['a line away', 'delete from plans.line where id = $1', 'line']
	])('the database itself refuses, even to its owner: %s', async (_what, statement, of) => {
		const { planId, lineId } = await planAt('decreed');
		await expect(it.owner.query(statement, [of === 'plan' ? planId : lineId])).rejects.toMatchObject({
			code: 'AS001'
		});
	});

	test('no line can be brought into it', async () => {
		const { planId, lineId } = await planAt('decreed');
		await expect(
			it.owner.query(
				'insert into plans.line select (jsonb_populate_record(l, $2)).* from plans.line l where l.id = $1',
				[lineId, JSON.stringify({ id: newId(), plan_id: planId })]
			)
		).rejects.toMatchObject({ code: 'AS001' });
	});
});

test('plans are a thing of those who may read them; another agency finds none', async () => {
	const { planId } = await planAt('submitted');
	await expect(it.sees((db) => planById(db, it.as('ani'), planId))).rejects.toMatchObject({
		kind: 'missing'
	});
	const neighbour: Actor = { ...officer, agencyId: newId() };
	await expect(it.sees((db) => planById(db, neighbour, planId))).rejects.toMatchObject({ kind: 'missing' });
	const list = await it.sees((db) => plansOf(db, officer));
	expect(list.plans.find((plan) => plan.id === planId)).toMatchObject({
		lines: 1,
		cost: 60_000_000,
		status: 'submitted'
	});
});
