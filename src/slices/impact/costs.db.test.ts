import { afterAll, beforeAll, expect, test } from 'vitest';
import { graduation } from '../../../tests/make/graduation.ts';
import { planCost, realiseCost } from '#slices/papers/server/commands/costs.ts';
import { programCosts } from './server/queries/costs.ts';

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
