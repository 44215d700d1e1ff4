import { m } from '#platform/i18n/messages.ts';
import { formatDate } from '#platform/i18n/format.ts';
import { addDays, type CivilDate } from '#kernel/time.ts';
import type { Adoption, Horizon, MilestoneState, Obstacle, PlanStatus } from '../model.ts';
import { EARLY_DAYS } from '../rules.ts';

const STATUS = {
	draft: { tone: 'neutral', word: m['followup.status.draft'] },
	submitted: { tone: 'waiting', word: m['followup.status.submitted'] },
	returned: { tone: 'attention', word: m['followup.status.returned'] },
	approved: { tone: 'active', word: m['followup.status.approved'] },
	running: { tone: 'active', word: m['followup.status.running'] },
	done: { tone: 'good', word: m['followup.status.done'] }
} as const;

const OBSTACLE: Record<Obstacle, () => string> = {
	time: m['followup.obstacle.time'],
	support: m['followup.obstacle.support'],
	tools: m['followup.obstacle.tools'],
	budget: m['followup.obstacle.budget'],
	rules: m['followup.obstacle.rules'],
	skill: m['followup.obstacle.skill'],
	colleagues: m['followup.obstacle.colleagues'],
	moved: m['followup.obstacle.moved']
};

export const planTag = (status: PlanStatus) => ({ tone: STATUS[status].tone, label: STATUS[status].word() });
export const obstacleWord = (obstacle: Obstacle): string => OBSTACLE[obstacle]();

const HORIZON: Record<Horizon, () => string> = {
	short: m['followup.project.horizon.short'],
	medium: m['followup.project.horizon.medium'],
	long: m['followup.project.horizon.long']
};
export const horizonWord = (horizon: Horizon): string => HORIZON[horizon]();

const MILESTONE = {
	planned: { tone: 'neutral', word: m['followup.project.state.planned'] },
	running: { tone: 'active', word: m['followup.project.state.running'] },
	reached: { tone: 'good', word: m['followup.project.state.reached'] },
	dropped: { tone: 'bad', word: m['followup.project.state.dropped'] }
} as const;
export const milestoneTag = (state: MilestoneState) => ({
	tone: MILESTONE[state].tone,
	label: MILESTONE[state].word()
});

const ADOPTED = {
	yes: { tone: 'good', word: m['followup.adopt.yes'] },
	partly: { tone: 'attention', word: m['followup.adopt.partly'] },
	no: { tone: 'bad', word: m['followup.adopt.no'] }
} as const;
export const adoptionTag = (answer: Adoption) => ({
	tone: ADOPTED[answer].tone,
	label: ADOPTED[answer].word()
});

/** A check-in that was asked for: answered, missed once the time of the next has begun, late, or still to come. */
export function dueTag(
	due: { dueOn: CivilDate; answered: boolean },
	nextOn: CivilDate | undefined,
	today: CivilDate
): { tone: 'good' | 'neutral' | 'bad' | 'waiting'; label: string } {
	if (due.answered) return { tone: 'good', label: m['followup.due.answered']() };
	if (nextOn !== undefined && addDays(nextOn, -EARLY_DAYS) <= today)
		return { tone: 'neutral', label: m['followup.due.missed']() };
	const date = formatDate(due.dueOn);
	return due.dueOn < today
		? { tone: 'bad', label: m['followup.due.late']({ date }) }
		: { tone: 'waiting', label: m['followup.due.waits']({ date }) };
}
