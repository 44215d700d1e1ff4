import { invalidField, refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import { PLAN_NEXT, WRITABLE, type PlanStatus } from './model.ts';

/** Refuses a step the table does not know, saying where the plan stands. */
export function planStep(from: PlanStatus, to: PlanStatus): PlanStatus {
	if (!PLAN_NEXT[from].includes(to)) throw refused(`followup.plan.is.${from}`);
	return to;
}

export function writable(status: PlanStatus): void {
	if (!WRITABLE.includes(status)) throw refused(`followup.plan.is.${status}`);
}

export type Step = { what: string; dueOn: CivilDate };

/** A plan that is submitted says what, by what one sees it, and at least one step that lies ahead. */
export function complete(
	plan: { goal: string; indicator: string; steps: readonly Step[] },
	today: CivilDate
): void {
	if (plan.goal.length < 10) throw invalidField('goal', 'followup.plan.goalShort');
	if (plan.indicator.length < 5) throw invalidField('indicator', 'followup.plan.indicatorShort');
	if (plan.steps.length === 0) throw invalidField('steps.0.what', 'followup.plan.noSteps');
	plan.steps.forEach((step, at) => {
		if (step.dueOn < today) throw invalidField(`steps.${at}.dueOn`, 'followup.plan.dueBefore', { today });
	});
}

/** Late: a step is due, not done, and the day has passed. */
export const isLate = (step: { dueOn: CivilDate; doneOn: CivilDate | null }, today: CivilDate): boolean =>
	step.doneOn === null && step.dueOn < today;

/** 100 % ends the plan; anything less keeps it running. */
export const afterCheckIn = (progress: number): PlanStatus => (progress >= 100 ? 'done' : 'running');
