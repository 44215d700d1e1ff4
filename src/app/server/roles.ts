import { ABILITIES, type Ability } from '#kernel/abilities.ts';

/** Whoever answers for the whole sees the whole of the cycle. */
const OVERSIGHT: readonly Ability[] = [
	'people.read',
	'needs.read',
	'programs.read',
	'plans.read',
	'classes.read',
	'evaluation.read',
	'papers.read',
	'credentials.read',
	'followup.read',
	'impact.read',
	'reports.read',
	'reports.trace'
];

/**
 * Roles as bundles of abilities: the only place that knows their names. Order = which hat somebody wears first.
 * Duties after domain.md §12.1.
 */
export const ROLES: Record<string, readonly Ability[]> = {
	// Whoever looks most is not the one who watches over looking: people.privacy belongs to somebody else.
	trainingAdmin: ABILITIES.filter(
		(ability) => !['plans.decree', 'plans.approve', 'people.privacy'].includes(ability)
	),
	leadership: [...OVERSIGHT, 'plans.decree'],
	authorizedOfficial: [...OVERSIGHT, 'plans.approve'],
	agencyHead: [...OVERSIGHT, 'competencies.read', 'programs.approve', 'plans.submit', 'agency.audit'],
	auditor: [...OVERSIGHT, 'competencies.read', 'agency.audit'],
	privacyOfficer: ['people.read', 'people.privacy'],
	unitHead: [
		'people.read',
		'people.staffing',
		'competencies.propose',
		'needs.rateTeam',
		'needs.read',
		'needs.propose',
		'programs.read',
		'plans.read',
		'classes.read',
		'classes.approveTeam',
		'papers.read',
		'credentials.read',
		'followup.approveTeam',
		'followup.read',
		'impact.read',
		'impact.readPeople',
		'growth.read',
		'reports.read',
		'reports.trace'
	],
	unitAdmin: [
		'people.read',
		'people.resetAccess',
		'people.staffing',
		'people.correct',
		'competencies.propose',
		'needs.read',
		'needs.propose',
		'programs.read',
		'plans.read',
		'classes.read',
		'papers.read',
		'credentials.read',
		'credentials.verify',
		'followup.read',
		'reports.read'
	],
	supervisor: [
		'people.read',
		'needs.rateTeam',
		'needs.read',
		'classes.read',
		'classes.approveTeam',
		'papers.read',
		'credentials.read',
		'followup.approveTeam',
		'followup.read',
		'impact.readPeople',
		'growth.read',
		'reports.read'
	],
	// Named for one person of a unit, not for the unit: what follows from being their supervisor needs no ability.
	namedSupervisor: ['needs.rateTeam'],
	facilitator: [
		'programs.read',
		'content.edit',
		'classes.read',
		'classes.teach',
		'learning.read',
		'evaluation.read'
	],
	employee: []
};

export const ROLE_NAMES = Object.keys(ROLES);
export const rank = (role: string): number => {
	const at = ROLE_NAMES.indexOf(role);
	return at === -1 ? ROLE_NAMES.length : at;
};

export type Home = 'today' | 'team' | 'cycle' | 'unit' | 'classroom' | 'results' | 'trace';

/** What a hat sees first. */
export const HOMES: Record<string, Home> = {
	trainingAdmin: 'cycle',
	agencyHead: 'cycle',
	leadership: 'results',
	authorizedOfficial: 'results',
	auditor: 'trace',
	privacyOfficer: 'today',
	unitHead: 'unit',
	unitAdmin: 'unit',
	supervisor: 'team',
	namedSupervisor: 'team',
	facilitator: 'classroom',
	employee: 'today'
};
