import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setFollowUp } from './server/commands/set.ts';
import { turnFollowUpDay } from './server/commands/turn-day.ts';
import { settingsNow } from './server/queries/settings.ts';
import { USUAL_SETTING } from './model.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

const office = () => it.as('officer', ['agency.settings'], '');
const set = (change: object = {}, by = office()) =>
	it.does(by, setFollowUp, { ...USUAL_SETTING, ...change }, it.evening());
const programOfClass = async (): Promise<string> => {
	const { rows } = await it.owner.query<{ program_id: string }>(
		'select v.program_id from classes.class c join programs.version v on v.id = c.version_id where c.id = $1',
		[it.classId()]
	);
	return rows[0]?.program_id ?? '';
};
const holds = async (programId: string | null = null) =>
	it.sees((db) => settingsNow(db, programId, it.today()));
const daysOf = async (planId: string, name = 'ani') =>
	(await it.sheet(planId, it.as(name))).dues.map(({ days }) => days);

describe('when follow-up falls due', () => {
	test('is the usual until somebody sets it; the program’s own goes before the agency’s', async () => {
		const programId = await programOfClass();
		const usual = await it.approved();
		expect(await daysOf(usual)).toEqual(USUAL_SETTING.checkInDays);
		await set({ checkInDays: [60, 14], peers: 0 });
		expect(await holds()).toMatchObject({ checkInDays: [14, 60], peers: 0 });
		const ofAgency = await it.approved('budi');
		expect(await daysOf(ofAgency, 'budi')).toEqual([14, 60]);
		// What was laid down before stays as it was.
		expect(await daysOf(usual)).toEqual(USUAL_SETTING.checkInDays);
		await set({ checkInDays: [45], programId });
		expect(await holds(programId)).toMatchObject({ checkInDays: [45], peers: USUAL_SETTING.peers });
		expect(await holds()).toMatchObject({ checkInDays: [14, 60] });
		await it.newClass();
		expect(await daysOf(await it.approved())).toEqual([45]);
	});

	test('decides when an evaluation opens and whom it asks', async () => {
		await set({ programId: await programOfClass(), evaluateAfterDays: 60, evaluateForDays: 10, peers: 0 });
		const at = (days: number) => new Date(it.at('08:00').getTime() + days * 86_400_000);
		await it.does(office(), turnFollowUpDay, {}, { now: at(59) });
		const opened = async () => {
			const { rows } = await it.owner.query<{ roles: string[]; days: number }>(
				`select array_agg(distinct w.role order by w.role) as roles, min(e.closes_on - e.opens_on) as days
				from followup.evaluation e join followup.rater w on w.evaluation_id = e.id where e.class_id = $1`,
				[it.classId()]
			);
			return rows[0];
		};
		expect(await opened()).toMatchObject({ roles: null });
		await it.does(office(), turnFollowUpDay, {}, { now: at(60) });
		expect(await opened()).toEqual({ roles: ['self', 'supervisor'], days: 10 });
	});
});

describe('a setting that cannot be', () => {
	test.each([
		['no day', { checkInDays: [] }, 'checkInDays'],
		['a word among the days, which the form sends as none', { checkInDays: [30, 0] }, 'checkInDays'],
		['the same day twice', { checkInDays: [30, 30] }, 'checkInDays'],
		['seven check-ins', { checkInDays: [10, 20, 30, 40, 50, 60, 70] }, 'checkInDays'],
		['two peers, of whom nothing could be shown', { peers: 2 }, 'peers'],
		['one subordinate', { subordinates: 1 }, 'subordinates'],
		['an evaluation after a year and a half', { evaluateAfterDays: 540 }, 'evaluateAfterDays']
	])('%s is refused at its field', async (_, change, path) => {
		await expect(set(change)).rejects.toMatchObject({ kind: 'invalid', issues: [{ path }] });
	});

	test('and was found out on the same day is mended at once: the last of the day holds, for plans and people', async () => {
		const programId = await programOfClass();
		await set({ checkInDays: [21], programId });
		const later = { now: new Date(it.at('18:00').getTime() + 60_000) };
		await it.does(office(), setFollowUp, { ...USUAL_SETTING, checkInDays: [28], programId }, later);
		expect(await holds(programId)).toMatchObject({ checkInDays: [28] });
		expect(await daysOf(await it.approved())).toEqual([28]);
	});

	test('is nobody’s but who sets things for the whole agency', async () => {
		for (const by of [it.as('kasi', ['followup.approveTeam']), it.as('camat', ['agency.settings'])])
			await expect(set({}, by)).rejects.toMatchObject({ kind: 'forbidden' });
	});
});
