import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plansAtWork } from '#slices/followup/test-plan.ts';
import { checkIn } from '#slices/followup/server/commands.ts';
import { rateEvaluation } from '#slices/followup/server/commands/rate.ts';
import { turnFollowUpDay } from '#slices/followup/server/commands/turn-day.ts';
import { ratingSheet } from '#slices/followup/server/queries/evaluations.ts';
import { teamHome } from './team.ts';
import { unitHome } from './unit.ts';
import { todayHome, type Task } from './today.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

const day = (days: number) => new Date(it.at('18:00').getTime() + days * 86_400_000);
const on = (days: number) => day(days).toISOString().slice(0, 10);
const todayOf = async (name: string, days: number, kind: Task['kind']) => {
	const { tasks, more } = await it.sees((db) => todayHome(db, it.who(name), on(days), day(days)));
	return [...tasks, ...more].filter((task) => task.kind === kind).map(({ href, due }) => [href, due]);
};

test('a check-in waits from two weeks before its day until it is answered, or until the time of the next', async () => {
	const id = await it.approved();
	const here = `/followup/${id}`;
	expect(await todayOf('ani', 15, 'checkIn')).toEqual([]);
	expect(await todayOf('ani', 16, 'checkIn')).toEqual([[here, on(30)]]);
	expect(await todayOf('ani', 60, 'checkIn')).toEqual([[here, on(30)]]);
	expect(await todayOf('budi', 16, 'checkIn')).toEqual([]);
	const told = { actionPlanId: id, progress: 20, note: 'Mulai' };
	await it.does(it.as('ani'), checkIn, told, { now: day(28) });
	expect(await todayOf('ani', 29, 'checkIn')).toEqual([]);
	expect(await todayOf('ani', 80, 'checkIn')).toEqual([[here, on(90)]]);
	expect(await todayOf('ani', 170, 'checkIn')).toEqual([[here, on(180)]]);
	await it.does(it.as('ani'), checkIn, { ...told, progress: 100 }, { now: day(171) });
	expect(await todayOf('ani', 172, 'checkIn')).toEqual([]);
});

test('an evaluation after training waits for each who is asked until they answer, on both homes', async () => {
	await it.does(it.as('officer', ['agency.settings'], ''), turnFollowUpDay, {}, { now: day(120) });
	const { rows } = await it.owner.query<{ id: string }>(
		'select id from followup.evaluation where class_id = $1 and person_id = $2',
		[it.classId(), it.who('ani')]
	);
	const evaluationId = rows[0]?.id ?? '';
	const here = `/followup/evaluations/${evaluationId}/rate`;
	const waits = async (name: string) =>
		(await todayOf(name, 121, 'evaluate')).map(([href]) => href).includes(here);
	const counted = async () =>
		(await it.sees((db) => teamHome(db, { agencyId: it.agencyId, personId: it.who('kasi') }, on(121))))
			.waiting.evaluations;
	expect(await Promise.all(['ani', 'kasi', 'camat'].map(waits))).toEqual([true, true, false]);
	const before = await counted();
	const sheet = await it.sees((db) => ratingSheet(db, it.as('kasi'), evaluationId, on(121)));
	const ratings = sheet.competencies.map(({ competencyId }) => ({ competencyId, before: 1, now: 3 }));
	await it.does(it.as('kasi'), rateEvaluation, { evaluationId, ratings }, { now: day(121) });
	expect(await Promise.all(['ani', 'kasi'].map(waits))).toEqual([true, false]);
	expect(await counted()).toBe(before - 1);
	const asHead = await it.sees((db) => unitHome(db, it.as('kasi', ['reports.read'], ''), on(121)));
	expect(asHead.waiting?.evaluations).toBe(before - 1);
	const limit = (restricted: boolean) =>
		it.owner.query('update people.person set restricted = $2 where id = $1', [it.who('ani'), restricted]);
	await limit(true);
	expect(await waits('ani')).toBe(false);
	await limit(false);
});
