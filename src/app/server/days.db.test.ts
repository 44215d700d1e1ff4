import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKysely, openPool } from '#platform/db/db.ts';
import { renameUnit } from '#slices/people/server/commands/reorganise-units.ts';
import { town } from '../../../tests/make/town.ts';
import { beginDays } from './days.ts';

let it: Awaited<ReturnType<typeof town>>;
let worker: ReturnType<typeof openKysely>;
beforeAll(async () => {
	it = await town();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

const name = async () =>
	(
		await it.owner.query('select name from people.unit where agency_id = $1 and id = $2', [
			it.agencyId,
			it.unit.plaju
		])
	).rows[0].name;
const look = (at: string, begun = new Map<string, string>()) => beginDays(worker, it.db, begun, new Date(at));

test('a day begins at the agency’s own midnight, once, whoever looks and however often', async () => {
	await it.does(
		it.as('officer', ['people.organise'], ''),
		renameUnit,
		{ unitId: it.unit.plaju, name: 'Unit Juli', effectiveOn: '2026-07-01', reason: 'Perda' },
		{ now: new Date('2026-06-01T03:00:00Z') }
	);
	// 23.59 in Jakarta on the last of June, when it is 16.59 in Greenwich.
	expect(await look('2026-06-30T16:59:00Z')).toBe(1);
	expect(await name()).toBe('Unit plaju');
	const begun = new Map<string, string>();
	expect(await look('2026-06-30T17:00:00Z', begun)).toBe(1);
	expect(await name()).toBe('Unit Juli');
	expect(await look('2026-06-30T17:00:30Z', begun)).toBe(0);
	// Another process asks too, and is given the first answer.
	expect(await look('2026-06-30T17:01:00Z')).toBe(1);
	const { rows } = await it.owner.query(
		`select count(*)::int as n from platform.audit where agency_id = $1 and command = 'people.turnDay'`,
		[it.agencyId]
	);
	expect(rows[0].n).toBe(2);
});
