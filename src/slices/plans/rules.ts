import { AppError, invalidField, refused, type Facts } from '#kernel/errors.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { EDITABLE, NEXT, type Evidence, type PlanStatus } from './model.ts';

/** Who last moved the plan, and when: what the second of two people is told. */
export type LastStep = { who: string; when: string };

const ALREADY: Record<PlanStatus, string> = {
	draft: 'plans.plan.notSubmitted',
	submitted: 'plans.plan.alreadySubmitted',
	returned: 'plans.plan.alreadyReturned',
	approved: 'plans.plan.alreadyApproved',
	decreed: 'plans.plan.alreadyDecreed'
};

/** Refuses a step that the table of statuses does not know, naming who was there before. */
export function step(from: PlanStatus, to: PlanStatus, last: LastStep | null): { status: PlanStatus } {
	if (NEXT[from].includes(to)) return { status: to };
	throw refused(ALREADY[from], stepFacts(last));
}

const stepFacts = (last: LastStep | null): Facts => ({ who: last?.who ?? '—', when: last?.when ?? '—' });

/** Refuses a change of a plan that lies with somebody else, or was decreed. */
export function editable(status: PlanStatus, last: LastStep | null): void {
	if (!EDITABLE.includes(status)) throw refused(ALREADY[status], stepFacts(last));
}

export type Totals = { lines: number; seats: number; cost: number; learningHours: number; breaks: number };

/**
 * A plan that may be submitted has lines and stays within its ceiling: what cannot be paid cannot be carried out.
 * @law domain.md §6.2: the plan goes to the budget team (TAPD) before the decree
 */
export function submittable(totals: Totals, budget: number): void {
	if (totals.lines === 0) throw refused('plans.submit.empty');
	if (totals.cost > budget)
		throw refused('plans.submit.overBudget', {
			cost: rupiah(totals.cost),
			budget: rupiah(budget),
			over: rupiah(totals.cost - budget)
		});
}

/** Written alike in both languages of the product; whole rupiah, because budgets have no cents. */
const rupiah = (amount: number): string =>
	`Rp ${Math.round(amount)
		.toString()
		.replace(/\B(?=(\d{3})+$)/g, '.')}`;

/** A decree fixes what has been approved, so it cannot be dated ahead of today. */
export function decreeDated(date: string, today: string): void {
	if (date > today) throw invalidField('decreeDate', 'plans.decree.future', { today });
}

export type Raise = { level: number; learningHours: number };

/** The program must raise the competency of the gap: otherwise the line only looks as if it answered it. */
export function raises(raise: Raise | undefined): Raise {
	if (raise === undefined) throw new AppError('refused', 'plans.line.doesNotRaise');
	return raise;
}

/** Campaigns measure; a gap that nobody has is no reason for a line. */
export function evidenceOf(campaignId: string, gap: { people: number; mean: number | null }): Evidence {
	if (gap.people === 0 || gap.mean === null) throw refused('plans.line.noGap');
	return { campaignId, people: gap.people, mean: gap.mean };
}

export type ShownEvidence = { people: number; mean: number } | { people: 'few'; mean: null };

/** Evidence as a screen or a sheet may show it: a group of four has a number, not a mean. */
export const shownEvidence = (people: number, mean: number): ShownEvidence =>
	people < SMALLEST_GROUP ? { people: 'few', mean: null } : { people, mean };

/** A break in the red thread: the line answers no measured need. It stays allowed, and stays to be seen. */
export const isBreak = (line: { campaignId: string | null }): boolean => line.campaignId === null;
