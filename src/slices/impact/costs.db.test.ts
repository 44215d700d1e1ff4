import { afterAll, beforeAll, expect, test } from 'vitest';
import { graduation } from '../../../tests/make/graduation.ts';
import { planCost, realiseCost } from '#slices/papers/server/commands/costs.ts';
import { createStudy } from './server/commands/design.ts';
import { programCosts, studyCosts } from './server/queries/costs.ts';
import { minutesIndicators } from './test-units.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => void (it = await graduation()));
afterAll(() => it.close());

test('costs of finished classes by program, for those who read costs and effects of the whole only', async () => {
	const office = it.as('officer', ['papers.issue', 'impact.read'], '');
	expect(await it.sees((db) => programCosts(db, office))).toEqual([]);
	it.nextDay();
	const classId = await it.over({ present: ['ani'], hours: 4 });
	await it.owner.query(`update classes.class set status = 'finished' where id = $1`, [classId]);
	await it.owner.query(`update classes.registration set status = 'passed' where class_id = $1`, [classId]);
	const item = { classId, kind: 'rent', unitWord: 'paket', quantity: 1 };
	const { costId } = await it.does(office, planCost, { ...item, description: 'Ruang', rate: 900_000 });
	await it.does(office, planCost, { ...item, description: 'Lain', rate: 100_000 });
	await it.does(office, realiseCost, { costId, quantity: 1, rate: 800_000, evidence: 'KW-1' });
	const people = await it.owner.query('select 1 from classes.registration where class_id = $1', [classId]);
	const [program, ...none] = await it.sees((db) => programCosts(db, office));
	expect(program).toMatchObject({ spent: 800_000, open: 1, classes: 1, people: people.rowCount });
	expect(none).toEqual([]);
	await expect(
		it.sees((db) => programCosts(db, it.as('camat', ['impact.read', 'papers.read'])))
	).rejects.toMatchObject({ kind: 'missing' });
	await expect(
		it.sees((db) => programCosts(db, it.as('officer', ['impact.read'], '')))
	).rejects.toMatchObject({
		kind: 'missing'
	});
});

test('a study divides what was spent on those it counts as trained, not what the program cost', async () => {
	const office = it.as('officer', ['papers.issue', 'impact.read', 'impact.edit'], '');
	it.nextDay();
	const classId = await it.over({ present: ['ani', 'budi', 'coach', 'trainer'], hours: 4 });
	const { costId } = await it.does(office, planCost, {
		...{ classId, kind: 'rent', unitWord: 'paket', quantity: 1 },
		...{ description: 'Ruang', rate: 900_000 }
	});
	await it.does(office, realiseCost, { costId, quantity: 1, rate: 1_000_000, evidence: 'KW-2' });
	const { rows } = await it.owner.query(
		`select to_char(c.ends_on, 'YYYY-MM') as month, v.program_id as program from classes.class c join programs.version v on v.id = c.version_id where c.id = $1`,
		[classId]
	);
	const { ANTRE: indicatorId } = await minutesIndicators(it, office, ['ANTRE']);
	const plan = {
		...{ indicatorId, programId: rows[0].program, question: 'Apakah antrean lebih singkat?' },
		...{ design: 'before_after_comparison', startsFrom: rows[0].month, monthsBefore: 2, monthsAfter: 6 },
		units: [
			{ unitId: it.unit.marelan, role: 'treated' },
			{ unitId: it.unit.plaju, role: 'comparison' }
		]
	};
	const { studyId } = await it.does(office, createStudy, plan);
	const { studyId: none } = await it.does(office, createStudy, {
		...plan,
		units: plan.units.map((unit) => ({ ...unit, role: unit.role === 'treated' ? 'comparison' : 'treated' }))
	});
	const { studyId: later } = await it.does(office, createStudy, { ...plan, startsFrom: '2030-01' });
	const costs = await it.sees((db) => studyCosts(db, office, [studyId, none, later]));
	// Ani and Budi work below Marelan: half of the class of four. The first test's class was Ani's alone.
	expect(Object.fromEntries(costs)).toEqual({ [studyId]: { spent: 1_300_000, people: 2, treated: 1 } });
	await expect(
		it.sees((db) => studyCosts(db, it.as('camat', ['impact.read', 'papers.read']), [studyId]))
	).rejects.toMatchObject({ kind: 'missing' });
});
