/** The training cycle, in order. A room may use the public door of any room to its left, never to its right. */
export const ORDER = [
	'people',
	'notices',
	'competencies',
	'needs',
	'programs',
	'content',
	'plans',
	'classes',
	'learning',
	'evaluation',
	'papers',
	'credentials',
	'followup',
	'impact',
	'growth',
	'reports'
] as const;

export type Room = (typeof ORDER)[number];

/** Rooms that are a stage of the cycle; being told of what happens in it is none. */
export type Stage = Exclude<Room, 'notices'>;
