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

/** Milestones of a change project (aksi perubahan): jangka pendek, menengah, panjang; months usual for each in LAN's forms. */
export const HORIZONS = ['short', 'medium', 'long'] as const;
export type Horizon = (typeof HORIZONS)[number];
export const USUAL_MONTHS: Record<Horizon, number> = { short: 2, medium: 6, long: 12 };

export const MILESTONE_STATES = ['planned', 'running', 'reached', 'dropped'] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

/** Months after approval at which the sponsor says whether the unit has taken the project over. */
export const ADOPTION_MONTHS = [3, 6, 12] as const;
export type AdoptionMonths = (typeof ADOPTION_MONTHS)[number];
export const ADOPTION = ['yes', 'partly', 'no'] as const;
export type Adoption = (typeof ADOPTION)[number];

/** Who rates after training: alumnus, supervisor, peers, subordinates. */
export const RATER_ROLES = ['self', 'supervisor', 'peer', 'subordinate'] as const;
export type RaterRole = (typeof RATER_ROLES)[number];

/** Fewer answers than this of peers or subordinates are never shown, counted or handed on. */
export const SMALLEST_GROUP = 3;

/** What an agency sets; `followup.setting` by date and program. Days are counted from the last day of the class. */
export type FollowUpSetting = {
	checkInDays: number[];
	evaluateAfterDays: number;
	evaluateForDays: number;
	peers: number;
	subordinates: number;
	remindEveryDays: number;
	mostReminders: number;
};

/** As long as nobody set anything. 120 days: evaluation after training is asked 3 to 6 months later (domain.md §8.1). */
export const USUAL_SETTING: FollowUpSetting = {
	checkInDays: [30, 90, 180],
	evaluateAfterDays: 120,
	evaluateForDays: 21,
	peers: 4,
	subordinates: 4,
	remindEveryDays: 5,
	mostReminders: 2
};
