/**
 * Everything that somebody may be allowed to do, named `<room>.<verb>`. A new ability is added here and given to
 * roles in `src/app/server/roles.ts`; code asks for abilities and never for roles.
 */
export const ABILITIES = [
	'people.read',
	'people.import',
	'people.resetAccess',
	'people.grant',
	'people.organise',
	'people.staffing',
	'people.correct',
	'people.privacy',
	'competencies.read',
	'competencies.edit',
	'competencies.propose',
	'needs.run',
	'needs.rateTeam',
	'needs.read',
	'programs.read',
	'programs.edit',
	'programs.approve',
	'content.edit',
	'plans.read',
	'plans.edit',
	'plans.submit',
	'plans.approve',
	'plans.decree',
	'classes.read',
	'classes.manage',
	'classes.approveTeam',
	'classes.teach',
	'learning.read',
	'evaluation.read',
	'credentials.issue',
	'credentials.verify',
	'credentials.read',
	'followup.approveTeam',
	'followup.read',
	'impact.read',
	'impact.edit',
	'growth.read',
	'reports.read',
	'reports.trace',
	'agency.settings',
	'agency.audit'
] as const;

export type Ability = (typeof ABILITIES)[number];
