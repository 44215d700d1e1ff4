export const PLAN_STATUS = ['draft', 'submitted', 'returned', 'approved', 'running', 'done'] as const;
export type PlanStatus = (typeof PLAN_STATUS)[number];

/** RTL: disusun → diajukan → (dikembalikan) → disetujui → berjalan → selesai. domain.md §12.2 */
export const PLAN_NEXT: Record<PlanStatus, readonly PlanStatus[]> = {
	draft: ['submitted'],
	returned: ['submitted'],
	submitted: ['approved', 'returned'],
	approved: ['running', 'done'],
	running: ['running', 'done'],
	done: []
};

/** Words of a plan may change only while nobody has approved them. */
export const WRITABLE: readonly PlanStatus[] = ['draft', 'returned'];

/** Coded, so that the commonest three can be told to the unit head. After the EPP forms of LAN and Sulteng. */
export const OBSTACLES = [
	'time',
	'support',
	'tools',
	'budget',
	'rules',
	'skill',
	'colleagues',
	'moved'
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export function planStatus(text: string): PlanStatus {
	const found = PLAN_STATUS.find((status) => status === text);
	if (found === undefined) throw new RangeError(`unknown status of an action plan: ${text}`);
	return found;
}

export const obstacleOf = (text: string | null): Obstacle | null =>
	OBSTACLES.find((code) => code === text) ?? null;
