import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKysely, openPool } from '#platform/db/db.ts';
import { deliverEvents } from '#platform/work/events.ts';
import { turnFollowUpDay } from '#slices/followup/server/commands/turn-day.ts';
import { plansAtWork } from '#slices/followup/test-plan.ts';
import { endException, exceptSupervisor } from '#slices/people/server/commands/except-supervisor.ts';
import { leaveStaff } from '#slices/people/server/commands/order-movement.ts';
import { wireEvents } from './wiring.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
let worker: ReturnType<typeof openKysely>;
beforeAll(async () => {
	it = await plansAtWork();
	await it.newClass();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
	wireEvents();
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

test('a supervisor who leaves: plan and evaluation are with the one of today on the same day', async () => {
	const id = await it.approved();
	const day = new Date(it.at('08:00').getTime() + 120 * 86_400_000);
	const today = day.toISOString().slice(0, 10);
	await it.does(it.as('officer', ['agency.settings'], ''), turnFollowUpDay, {}, { now: day });
	const asked = async () => {
		const { rows } = await it.owner.query<{ name: string }>(
			`select p.name from followup.evaluation e join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id and w.role = 'supervisor'
			join people.person p on p.agency_id = w.agency_id and p.id = w.rater_id where e.class_id = $1 and e.person_id = $2`,
			[it.classId(), it.who('ani')]
		);
		return rows.map(({ name }) => name);
	};
	expect(await asked()).toEqual(['kasi']);
	const heard = async () => {
		while ((await deliverEvents(worker, it.db)) > 0);
	};
	const office = it.as('officer', ['people.organise'], '');
	// Somebody else supervises for a time, while the head still leads: nothing changes hands.
	const exception = { personId: it.who('ani'), supervisorId: it.who('fitri'), validFrom: today };
	const { exceptionId } = await it.does(
		office,
		exceptSupervisor,
		{ ...exception, reason: 'Uji' },
		{ now: day }
	);
	await heard();
	expect(await asked()).toEqual(['kasi']);
	await it.does(office, endException, { exceptionId, lastDay: today }, { now: day });
	await it.does(
		office,
		leaveStaff,
		{ personId: it.who('kasi'), effectiveOn: today, reason: 'Pensiun' },
		{ now: day }
	);
	await heard();
	expect(await asked()).not.toContain('kasi');
	expect(await asked()).toHaveLength(1);
	const { supervisorName } = await it.sheet(id);
	expect(supervisorName).not.toBe('kasi');
	expect(await asked()).toEqual([supervisorName]);
});
