import { getLocale, m } from '#platform/i18n/messages.ts';
import { formatDate, formatDateTime } from '#platform/i18n/format.ts';
import { addDays, type CivilDate } from '#kernel/time.ts';
import type { Adoption, Horizon, MilestoneState, Obstacle, PlanStatus, RaterRole } from '../model.ts';
import type { likeness, Trait } from '../non-response.ts';
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

/** When a check-in was written, and when it came where it waited on the device. */
export const writtenWhen = ({ at, arrivedAt }: { at: Date; arrivedAt: Date | null }): string =>
	arrivedAt === null
		? formatDateTime(at)
		: m['followup.kept.times']({ written: formatDateTime(at), arrived: formatDateTime(arrivedAt) });

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

const ROLE: Record<RaterRole, () => string> = {
	self: m['followup.role.self'],
	supervisor: m['followup.role.supervisor'],
	peer: m['followup.role.peer'],
	subordinate: m['followup.role.subordinate']
};
export const roleWord = (role: RaterRole): string => ROLE[role]();

const TRAIT: Record<Trait, () => string> = {
	sex: m['followup.trait.sex'],
	postKind: m['followup.trait.postKind'],
	unitKind: m['followup.trait.unitKind'],
	pretest: m['followup.trait.pretest']
};
export const traitWord = (trait: Trait): string => TRAIT[trait]();

const LIKENESS = {
	unknown: { tone: 'neutral', word: m['followup.likeness.unknown'] },
	alike: { tone: 'good', word: m['followup.likeness.alike'] },
	little: { tone: 'attention', word: m['followup.likeness.little'] },
	different: { tone: 'bad', word: m['followup.likeness.different'] }
} as const;
export const likenessTag = (found: ReturnType<typeof likeness>) => ({
	tone: LIKENESS[found].tone,
	label: LIKENESS[found].word()
});

export const competencyName = ({ name, nameEn }: { name: string; nameEn: string }): string =>
	getLocale() === 'en' ? nameEn : name;
