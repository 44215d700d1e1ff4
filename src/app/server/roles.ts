import { ABILITIES, type Ability } from '#kernel/abilities.ts';

/**
 * Roles as bundles of abilities: the only place that knows their names. Order = which hat somebody wears first.
 * Duties after domain.md §12.1.
 */
export const ROLES: Record<string, readonly Ability[]> = {
	trainingAdmin: ABILITIES.filter((ability) => ability !== 'plans.decree' && ability !== 'plans.approve'),
	leadership: [
		'people.read',
		'needs.read',
		'programs.read',
		'plans.read',
		'plans.decree',
		'classes.read',
		'evaluation.read',
		'credentials.read',
		'followup.read',
		'impact.read',
		'reports.read',
		'reports.trace'
	],
	authorizedOfficial: [
		'people.read',
		'needs.read',
		'programs.read',
		'plans.read',
		'plans.approve',
		'classes.read',
		'evaluation.read',
		'credentials.read',
		'followup.read',
		'impact.read',
		'reports.read',
		'reports.trace'
	],
	agencyHead: [
		'people.read',
		'competencies.read',
		'needs.read',
		'programs.read',
		'programs.approve',
		'plans.read',
		'plans.submit',
		'classes.read',
		'evaluation.read',
		'credentials.read',
		'followup.read',
		'impact.read',
		'reports.read',
		'reports.trace',
		'agency.audit'
	],
	auditor: [
		'people.read',
		'competencies.read',
		'needs.read',
		'programs.read',
		'plans.read',
		'classes.read',
		'evaluation.read',
		'credentials.read',
		'followup.read',
		'impact.read',
		'reports.read',
		'reports.trace',
		'agency.audit'
	],
	unitHead: [
		'people.read',
		'needs.rateTeam',
		'needs.read',
		'programs.read',
		'plans.read',
		'classes.read',
		'classes.approveTeam',
		'credentials.read',
		'followup.approveTeam',
		'followup.read',
		'impact.read',
		'growth.read',
		'reports.read',
		'reports.trace'
	],
	unitAdmin: [
		'people.read',
		'people.resetAccess',
		'needs.read',
		'programs.read',
		'plans.read',
		'classes.read',
		'credentials.read',
		'followup.read',
		'reports.read'
	],
	supervisor: [
		'people.read',
		'needs.rateTeam',
		'needs.read',
		'classes.read',
		'classes.approveTeam',
		'credentials.read',
		'followup.approveTeam',
		'followup.read',
		'growth.read',
		'reports.read'
	],
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
	unitHead: 'unit',
	unitAdmin: 'unit',
	supervisor: 'team',
	facilitator: 'classroom',
	employee: 'today'
};
