import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeCost, planCost, realiseCost, removeCost } from './server/commands/costs.ts';
import { costsOfClass, costsOfYear } from './server/queries/costs.ts';
import { costOf } from './server/queries/one-cost.ts';
import { lessonOf } from './server/lesson.ts';
import { paperOffice } from './test-office.ts';

let it: Awaited<ReturnType<typeof paperOffice>>;
beforeAll(async () => void (it = await paperOffice([])));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const plan = async (classId: string, quantity: number, rate: number, nip?: string) =>
	(
		await it.does(it.clerk, planCost, {
			classId,
			kind: nip === undefined ? 'consumption' : 'honorarium',
			description: 'Uji biaya',
			unitWord: 'OJ',
			quantity,
			rate,
			...(nip === undefined ? {} : { nip })
		})
	).costId;
const sheet = (classId: string) => it.sees((db) => costsOfClass(db, it.clerk, classId));

describe('costs of a class', () => {
	test('are whole rupiah, planned beside realised, with who entered what', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		const honor = await plan(classId, 2.5, 300_001, it.nip('trainer'));
		await plan(classId, 10, 35_000);
		await it.does(it.clerk, realiseCost, { costId: honor, quantity: 2, rate: 300_001, evidence: 'KW-1' });
		const page = await sheet(classId);
		expect(page).toMatchObject({ planned: 750_003 + 350_000, realised: 600_002, open: 1, plan: null });
		expect(page.costs.find(({ id }) => id === honor)).toMatchObject({
			person: 'trainer',
			planned_by_name: 'officer',
			realised_by_name: 'officer',
			evidence: 'KW-1'
		});
		const lesson = await it.sees((db) => lessonOf(db, classId, it.at('18:00'), it.today()));
		expect(lesson?.costs).toHaveLength(2);
	});

	test('count hours taught as planned, and as realised once the sheet has been filled', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer', from: '08:00', to: '10:15' });
		expect((await sheet(classId)).hours).toMatchObject([{ name: 'trainer', planned: 3, realised: 0 }]);
		const over = await it.over({ present: ['ani'], hours: 4 });
		await it.owner.query('update classes.session set facilitator_id = $2 where class_id = $1', [
			over,
			it.who('coach')
		]);
		expect((await sheet(over)).hours).toMatchObject([{ name: 'coach', planned: 4, realised: 4 }]);
	});

	test('once spent keep what was planned', async () => {
		const { classId } = await it.aClass();
		const costId = await plan(classId, 1, 100);
		await it.does(it.clerk, changeCost, {
			costId,
			kind: 'rent',
			description: 'Sewa aula',
			unitWord: 'hari',
			quantity: 2,
			rate: 100
		});
		await it.does(it.clerk, realiseCost, { costId, quantity: 2, rate: 90 });
		await expect(it.does(it.clerk, removeCost, { costId })).rejects.toMatchObject({
			code: 'papers.cost.spentAlready'
		});
		expect((await sheet(classId)).costs[0]).toMatchObject({ planned_amount: 200, realised_amount: 180 });
	});

	test('keep how a line came about, and are held against what the plan line leaves', async () => {
		const { classId } = await it.aClass();
		const costId = await plan(classId, 1, 100);
		await plan(classId, 3, 50);
		await it.does(it.clerk, changeCost, {
			costId,
			kind: 'honorarium',
			description: 'Honor pengajar',
			unitWord: 'OJ',
			quantity: 2.5,
			rate: 100,
			nip: it.nip('trainer')
		});
		const page = () => it.sees((db) => costOf(db, it.clerk, classId, costId));
		const { cost, steps, line } = await page();
		expect(cost).toMatchObject({ planned_amount: 250, person: 'trainer', nip: it.nip('trainer') });
		expect(line).toBeNull();
		expect(steps).toMatchObject([
			{ command: 'papers.changeCost', quantity: 2.5, unitWord: 'OJ', rate: 100, by: 'officer' },
			{ command: 'papers.planCost', quantity: 1, rate: 100 }
		]);
		const { rows } = await it.owner.query<{ id: string }>(
			`with plan as (
				insert into plans.plan (agency_id, id, year, title, status, budget, created_by, created_at)
				values ($1, gen_random_uuid(), 2027, 'Rencana uji', 'draft', 1e6, 'uji', now()) returning *)
			insert into plans.line (agency_id, id, plan_id, sort, program_id, seats, learning_hours, cost, quarter, fund_source)
			select $1, gen_random_uuid(), plan.id, 1, v.program_id, 30, 20, 300, 1, 'own' from plan, classes.class c
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id where c.id = $2 returning id`,
			[it.agencyId, classId]
		);
		await it.owner.query('update classes.class set plan_line_id = $2 where id = $1', [classId, rows[0]?.id]);
		expect((await page()).line).toEqual({ title: 'Rencana uji', cost: 300, others: 150 });
		await expect(
			it.sees((db) => costOf(db, it.as('camat', ['papers.read']), classId, costId))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('are seen by the office and by who answers for the whole, and by no unit', async () => {
		const { classId } = await it.aClass();
		await plan(classId, 1, 100);
		const year = (who: Parameters<typeof costsOfYear>[1]) =>
			it.sees((db) => costsOfYear(db, who, 2027, { size: 10, offset: 0 }));
		expect((await year(it.as('officer', ['papers.read'], ''))).classes.length).toBeGreaterThan(0);
		await expect(year(it.as('camat', ['papers.read']))).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => costsOfClass(db, it.as('camat', ['papers.read']), classId))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test.each([
		['a fraction of a rupiah', { rate: 10.5 }],
		['a negative number', { quantity: -1 }],
		['more than there is', { rate: 2_000_000_000_000 }]
	])('refuse %s', async (_, wrong) => {
		const { classId } = await it.aClass();
		await expect(
			it.does(it.clerk, planCost, {
				classId,
				kind: 'rent',
				description: 'Uji',
				unitWord: 'hari',
				quantity: 1,
				rate: 1,
				...wrong
			})
		).rejects.toMatchObject({ kind: 'invalid' });
	});
});
