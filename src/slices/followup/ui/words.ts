import { m } from '#platform/i18n/messages.ts';
import type { Obstacle, PlanStatus } from '../model.ts';

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
