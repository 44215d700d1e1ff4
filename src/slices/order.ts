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
