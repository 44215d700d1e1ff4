import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/actor.ts';
import { mayPickUp } from './server/pick-up.ts';
import type { Anchor } from './server/thread-ends.ts';
import { thread } from './test-thread.ts';

let it: Awaited<ReturnType<typeof thread>>;
const ids = { plan: newId(), evaluation: newId(), draft: '' };
beforeAll(async () => {
	it = await thread();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	await put(
		`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, submitted_at, created_at)
		values ($1, $2, $3, $4, 'Antrean lebih singkat', 'submitted', now(), now())`,
		ids.plan,
		it.classId,
		it.who('ani')
	);
	await put(
		`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on)
		values ($1, $2, $3, $4, $5, '2027-06-01', '2027-06-22')`,
		ids.evaluation,
		it.classId,
		it.who('ani'),
		it.unit.pelayanan
	);
	ids.draft = await it.aStudy({ planLineId: it.lineId, fixed: false });
});
afterAll(() => it.close());

const may = (actor: Actor, anchor: Anchor) => it.sees((db) => mayPickUp(db, actor, anchor));
const owned = (): Anchor[] => [
	{ kind: 'gap', unitId: it.unit.pelayanan, competencyId: it.need.competencyId },
	{ kind: 'certificate', id: it.certificateId },
	{ kind: 'action-plan', id: ids.plan },
	{ kind: 'evaluation', id: ids.evaluation }
];

test('the head of the unit picks the thread up at what is of the unit and its people; the head next door finds nothing', async () => {
	const head = it.as('camat', ['reports.trace', 'impact.read']);
	const next = it.as('stranger', ['reports.trace', 'impact.read']);
	for (const anchor of owned())
		expect({ anchor, head: await may(head, anchor), next: await may(next, anchor) }).toEqual({
			anchor,
			head: true,
			next: false
		});
});

test('plans, curricula, classes and indicators are the agency’s own; a study still being designed is not', async () => {
	const next = it.as('stranger', ['reports.trace', 'impact.read']);
	for (const anchor of [
		{ kind: 'plan-line', id: it.lineId },
		{ kind: 'version', id: it.need.versionId },
		{ kind: 'class', id: it.classId },
		{ kind: 'indicator', id: it.indicatorId }
	] as const)
		expect(await may(next, anchor)).toBe(true);
	expect(await may(next, { kind: 'study', id: ids.draft })).toBe(false);
	expect(
		await may(it.as('camat', ['reports.trace', 'impact.read'], ''), { kind: 'study', id: ids.draft })
	).toBe(true);
});
