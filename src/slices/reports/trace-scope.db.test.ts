import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/actor.ts';
import { threadOf, type StageName } from './rules.ts';
import { linesToTrace } from './server/queries.ts';
import type { Anchor } from './server/thread-ends.ts';
import { threadFacts } from './server/trace.ts';
import { thread } from './test-thread.ts';

let it: Awaited<ReturnType<typeof thread>>;
const ids = { plan: newId(), evaluation: newId() };
const traces = (who: string): Actor => it.as(who, ['reports.trace', 'impact.read']);

beforeAll(async () => {
	it = await thread();
	await it.owner.query(
		`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, submitted_at, decided_at, created_at)
		values ($1, $2, $3, $4, 'Antrean lebih singkat', 'running', now(), now(), now())`,
		[it.agencyId, ids.plan, it.classId, it.who('ani')]
	);
	await it.owner.query(
		`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on)
		values ($1, $2, $3, $4, $5, '2027-06-01', '2027-06-22')`,
		[it.agencyId, ids.evaluation, it.classId, it.who('ani'), it.unit.pelayanan]
	);
	// A fixed study takes no more units, so past its triggers.
	await it.owner.query('alter table impact.study_unit disable trigger user');
	await it.owner.query(
		`insert into impact.study_unit (agency_id, study_id, unit_id, treated) values ($1, $2, $3, true)`,
		[it.agencyId, it.studyId, it.unit.pelayanan]
	);
	await it.owner.query('alter table impact.study_unit enable trigger user');
});
afterAll(() => it.close());

/** Lines of a decreed plan do not change, so past the trigger that says so. */
async function give(lineId: string, unitId: string | null): Promise<void> {
	await it.owner.query('alter table plans.line disable trigger user');
	await it.owner.query('update plans.line set unit_id = $1 where id = $2', [unitId, lineId]);
	await it.owner.query('alter table plans.line enable trigger user');
}
const ofUnits = (): Anchor[] => [
	{ kind: 'gap', unitId: it.unit.pelayanan, competencyId: it.need.competencyId },
	{ kind: 'plan-line', id: it.lineId },
	{ kind: 'certificate', id: it.certificateId },
	{ kind: 'action-plan', id: ids.plan },
	{ kind: 'evaluation', id: ids.evaluation },
	{ kind: 'study', id: it.studyId }
];
const ofAgency = (): Anchor[] => [
	{ kind: 'class', id: it.classId },
	{ kind: 'version', id: it.need.versionId }
];
const seen = (actor: Actor, anchor: Anchor) => it.sees((db) => threadFacts(db, actor, anchor));
const stages = async (actor: Actor, anchor: Anchor) => {
	const found = await seen(actor, anchor);
	return new Map<StageName, string>(
		found === undefined ? [] : threadOf(found.facts).map(({ name, code }) => [name, code])
	);
};

describe('whoever traces in units', () => {
	test('picks a thread up at people and units of their own, and at nothing of others', async () => {
		for (const anchor of ofUnits()) {
			expect({ anchor, there: (await seen(traces('camat'), anchor)) !== undefined }).toEqual({
				anchor,
				there: true
			});
			expect({ anchor, thread: await seen(traces('stranger'), anchor) }).toEqual({
				anchor,
				thread: undefined
			});
		}
	});

	test('meets a line of the office that holds their unit, but no gap of that office', async () => {
		await give(it.lineId, it.unit.marelan);
		const kasi = traces('kasi');
		expect(await seen(kasi, { kind: 'plan-line', id: it.lineId })).toBeDefined();
		const gap = { kind: 'gap', unitId: it.unit.marelan, competencyId: it.need.competencyId } as const;
		expect(await seen(kasi, gap)).toBeUndefined();
		await give(it.lineId, it.unit.pelayanan);
	});

	test('reads of a class’s thread neither numbers of another unit nor studies that it takes no part in', async () => {
		for (const anchor of ofAgency()) {
			const own = await stages(traces('camat'), anchor);
			expect([own.get('gap'), own.get('study')]).toEqual([
				'reports.thread.gap.found',
				'reports.thread.study.found'
			]);
			const others = await stages(traces('stranger'), anchor);
			expect([others.get('gap'), others.get('study'), others.get('planLine')]).toEqual([
				'reports.thread.gap.outside',
				'reports.thread.study.outside',
				'reports.thread.planLine.found'
			]);
		}
	});

	test('begins from lines of their own units and of nobody’s', async () => {
		const lines = async (who: string) =>
			(await it.sees((db) => linesToTrace(db, traces(who)))).map(({ id }) => id).toSorted();
		expect(await lines('camat')).toEqual([it.lineId, it.bareLineId].toSorted());
		expect(await lines('kasi')).toEqual([it.lineId, it.bareLineId].toSorted());
		expect(await lines('stranger')).toEqual([]);
		await give(it.bareLineId, null);
		expect(await lines('stranger')).toEqual([it.bareLineId]);
	});

	test('finds their own certificate wherever they trace', async () => {
		const { rows } = await it.owner.query('select person_id from credentials.certificate where id = $1', [
			it.certificateId
		]);
		const holder = { ...traces('stranger'), personId: rows[0].person_id };
		expect(await seen(holder, { kind: 'certificate', id: it.certificateId })).toBeDefined();
	});
});
