import { addDays } from '#kernel/time.ts';
import type { Actor } from '#kernel/actor.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { checkIn, decidePlan, savePlan } from './server/commands.ts';
import { planSheet } from './server/queries.ts';

/**
 * The graduation with a class of the day that Ani and Budi passed and Citra failed (`newClass` before each test), and
 * plans that follow it. Kasi supervises all three; everything happens in the evening of that day.
 */
export async function plansAtWork() {
	const it = await graduation();
	let classId = '';
	const evening = () => ({ now: it.at('18:00') });
	const threeSteps = () =>
		[7, 30, 60].map((days, at) => ({ what: `Langkah ${at + 1}`, dueOn: addDays(it.today(), days) }));
	const whole = () => ({
		classId,
		goal: 'Antrean loket lebih singkat',
		indicator: 'Rata-rata menit antre',
		steps: threeSteps(),
		submit: true
	});
	/** Sends a plan of three lines to the supervisor: its id. */
	const sent = async (name = 'ani'): Promise<string> =>
		(await it.does(it.as(name), savePlan, whole(), evening())).actionPlanId;
	const decide = (
		actionPlanId: string,
		decision: 'approved' | 'returned' = 'approved',
		by = it.as('kasi', ['followup.approveTeam'])
	) => it.does(by, decidePlan, { actionPlanId, decision, note: 'Perjelas ukurannya' }, evening());
	return {
		...it,
		evening,
		threeSteps,
		whole,
		sent,
		decide,
		newClass: async (): Promise<void> => {
			it.nextDay();
			classId = await it.over({ present: ['ani', 'budi'], absent: ['citra'] });
		},
		classId: (): string => classId,
		approved: async (name = 'ani'): Promise<string> => {
			const id = await sent(name);
			await decide(id);
			return id;
		},
		sheet: (id: string, by: Actor = it.as('ani')) => it.sees((db) => planSheet(db, by, id)),
		tells: (actionPlanId: string, facts: object = {}, by: Actor = it.as('ani')) =>
			it.does(by, checkIn, { actionPlanId, progress: 40, note: 'Dua loket dibuka', ...facts }, evening())
	};
}
