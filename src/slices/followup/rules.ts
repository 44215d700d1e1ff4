import { invalidField, refused } from '#kernel/errors.ts';
import { addDays, monthsBetween, type CivilDate } from '#kernel/time.ts';
import {
	HORIZONS,
	PLAN_NEXT,
	WRITABLE,
	type AdoptionMonths,
	type Horizon,
	type PlanStatus
} from './model.ts';

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
	plan: {
		goal: string;
		indicator: string;
		steps: readonly Step[];
		project?: string | undefined;
		milestones: readonly Milestone[];
	},
	today: CivilDate
): void {
	if (plan.goal.length < 10) throw invalidField('goal', 'followup.plan.goalShort');
	if (plan.indicator.length < 5) throw invalidField('indicator', 'followup.plan.indicatorShort');
	if (plan.steps.length === 0) throw invalidField('steps.0.what', 'followup.plan.noSteps');
	plan.steps.forEach((step, at) => {
		if (step.dueOn < today) throw invalidField(`steps.${at}.dueOn`, 'followup.plan.dueBefore', { today });
	});
	if (plan.project !== undefined) projectComplete(plan.milestones);
}

export type Milestone = { horizon: Horizon; target: string; months: number };

/** A change project says at least what is reached in the short term, and each horizon lies after the one before it. */
export function projectComplete(milestones: readonly Milestone[]): void {
	const of = (horizon: Horizon) => milestones.find((one) => one.horizon === horizon);
	if (of('short') === undefined) throw invalidField('milestones.0.target', 'followup.project.noShort');
	let before = 0;
	HORIZONS.forEach((horizon, at) => {
		const months = of(horizon)?.months;
		if (months === undefined) return;
		if (months <= before)
			throw invalidField(`milestones.${at}.months`, 'followup.project.notAfter', { months: before });
		before = months;
	});
}

/** The sponsor answers once the months have passed since approval. Refuses: no project, not approved, too early. */
export function adoptable(
	plan: { project: string | null; decidedOn: CivilDate | null; status: PlanStatus },
	months: AdoptionMonths,
	today: CivilDate
): void {
	if (plan.project === null) throw refused('followup.adopt.noProject');
	if (!APPROVED.includes(plan.status) || plan.decidedOn === null)
		throw refused(`followup.plan.is.${plan.status}`);
	if (!adoptionOpen(plan.decidedOn, months, today)) throw refused('followup.adopt.tooEarly', { months });
}

export const adoptionOpen = (decidedOn: CivilDate, months: AdoptionMonths, today: CivilDate): boolean =>
	monthsBetween(decidedOn, today) >= months;

export const APPROVED: readonly PlanStatus[] = ['approved', 'running', 'done'];

/** From so many days before its day on, a check-in answers the one that is due. */
export const EARLY_DAYS = 21;

/**
 * Which check-in that fell due is answered by one of today: the last whose time has begun. An earlier one that nobody
 * answered in its time stays missed. Null: none is due, or the one of this time was answered already.
 */
export function answeredDue(
	dues: readonly { days: number; dueOn: CivilDate; answered: boolean }[],
	today: CivilDate
): number | null {
	const begun = dues.filter(({ dueOn }) => addDays(dueOn, -EARLY_DAYS) <= today);
	const last = begun.toSorted((a, b) => a.days - b.days).at(-1);
	return last === undefined || last.answered ? null : last.days;
}

/** A device that sent at once says nothing else than the server's clock; below this they are the same moment. */
const SAME_MOMENT_MS = 5 * 60_000;

/**
 * When a check-in was written: as the device says, unless its clock can't be right (ahead of now, or before the plan was
 * approved). What arrived at once has one time.
 */
export function writtenAt(
	said: number | null | undefined,
	decidedAt: Date | null,
	now: Date
): { at: Date; arrivedAt: Date | null } {
	const believed =
		said !== null &&
		said !== undefined &&
		said <= now.getTime() - SAME_MOMENT_MS &&
		decidedAt !== null &&
		said >= decidedAt.getTime();
	return believed ? { at: new Date(said), arrivedAt: now } : { at: now, arrivedAt: null };
}

/** 100 % ends the plan; anything less keeps it running. */
export const afterCheckIn = (progress: number): PlanStatus => (progress >= 100 ? 'done' : 'running');
