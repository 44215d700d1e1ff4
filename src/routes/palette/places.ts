import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Ability } from '#kernel/abilities.ts';
import { canSplit } from '#slices/classes/cohort-access.ts';
import { canManage, canSeeRooms } from '#slices/classes/access.ts';
import { canHandOver, canIssue, hasClaimsToVerify, seesAll } from '#slices/credentials/access.ts';
import { canReadAll, canSeeForms } from '#slices/evaluation/access.ts';
import { keepsHouse, seesBoard } from '#slices/followup/access.ts';
import { canReadCostsOfEffects } from '#slices/impact/public.server.ts';
import { canReadCampaigns, canRunCampaigns, hasTeamToRate } from '#slices/needs/access.ts';
import { canReadForums, readsNeeds } from '#slices/needs/proposal-access.ts';
import { canDeliver, hasNotices } from '#slices/notices/access.ts';
import { canIssue as canIssuePapers, canReadCosts } from '#slices/papers/access.ts';
import { canImport, canOrganise, canWatchPrivacy } from '#slices/people/access.ts';
import { canAudit, canReadYear, canTrace } from '#slices/reports/access.ts';

const able =
	(ability: Ability) =>
	(actor: Actor): boolean =>
		hasAbility(actor, ability);
const everybody = (): boolean => true;
const person = (actor: Actor): boolean => actor.personId !== null;

/** What is reached inside the rooms of the menu: address, message key of its name and of its question, for whom. */
export const PLACES: readonly [
	href: string,
	name: string,
	question: string | null,
	may: (actor: Actor) => boolean
][] = [
	['/people/search', 'people.search.title', null, able('people.read')],
	['/people/chart', 'people.chart.title', null, able('people.read')],
	['/people/import', 'people.import.start', 'people.import.title', canImport],
	['/people/roles', 'people.roles.link', 'people.roles.title', able('people.grant')],
	['/people/requests', 'people.requests.link', 'people.requests.title', able('people.correct')],
	['/people/arrive', 'people.arrive.title', null, (actor) => canOrganise(actor, '')],
	['/people/privacy', 'people.privacy.link', 'people.privacy.title', canWatchPrivacy],
	['/competencies/mine', 'competencies.mine.title', 'competencies.mine.question', person],
	['/competencies/standards', 'competencies.standards.title', 'competencies.standards.question', everybody],
	['/competencies/required', 'competencies.required.title', 'competencies.required.question', everybody],
	['/competencies/versions', 'competencies.versions.title', 'competencies.versions.question', everybody],
	['/needs/rate', 'needs.rate.title', null, person],
	['/needs/team', 'needs.team.title', 'needs.team.question', hasTeamToRate],
	['/needs/heat', 'needs.heat.title', 'needs.heat.question', able('needs.read')],
	['/needs/posts', 'needs.posts.title', 'needs.posts.question', able('needs.read')],
	['/needs/priority', 'needs.priority.title', 'needs.priority.question', readsNeeds],
	['/needs/proposals', 'needs.need.title', null, readsNeeds],
	['/needs/fgd', 'needs.fgd.title', 'needs.fgd.question', canReadForums],
	['/needs/reports', 'needs.report.title', 'needs.report.question', canReadForums],
	['/needs/idp', 'needs.idp.title', null, person],
	['/needs/idp/list', 'needs.idp.list', null, able('needs.read')],
	['/needs/estimator', 'needs.estimator.title', 'needs.estimator.question', canReadCampaigns],
	['/needs/instruments', 'needs.instruments.title', 'needs.instruments.question', canRunCampaigns],
	['/classes/calendar', 'classes.calendar.title', 'classes.calendar.question', everybody],
	[
		'/classes/approvals',
		'classes.approvals.title',
		'classes.approvals.question',
		able('classes.approveTeam')
	],
	['/classes/absence', 'classes.absence.title', 'classes.absence.question', able('people.staffing')],
	['/classes/deputies', 'classes.deputy.new', 'classes.deputy.question', able('classes.approveTeam')],
	['/classes/cohorts', 'classes.split.title', 'classes.split.question', canSplit],
	['/classes/templates', 'classes.template.title', 'classes.template.question', canManage],
	['/classes/rooms', 'classes.room.title', 'classes.room.question', canSeeRooms],
	['/hadir', 'classes.hadir.title', 'classes.hadir.question', person],
	['/evaluation/findings', 'evaluation.finding.title', 'evaluation.finding.list.question', canReadAll],
	['/evaluation/focus-groups', 'evaluation.focus.list', 'evaluation.focus.question', canReadAll],
	['/evaluation/forms', 'evaluation.form.title', 'evaluation.form.question', canSeeForms],
	['/papers/costs', 'papers.costs.title', null, canReadCosts],
	['/papers/settings', 'papers.settings.title', 'papers.settings.question', canIssuePapers],
	['/credentials/office', 'credentials.office.title', null, seesAll],
	['/credentials/claim', 'credentials.claim.title', null, person],
	['/credentials/claims', 'credentials.claims.title', null, hasClaimsToVerify],
	['/credentials/rules', 'credentials.rate.title', 'credentials.rate.question', seesAll],
	['/credentials/siasn', 'credentials.siasn.title', null, canHandOver],
	['/credentials/templates', 'credentials.template.open', 'credentials.template.question', canIssue],
	['/credentials/seals', 'credentials.seal.open', 'credentials.seal.question', canIssue],
	['/followup/board', 'followup.board.open', 'followup.board.question', seesBoard],
	['/followup/evaluations', 'followup.evaluations.title', 'followup.evaluations.question', person],
	['/followup/settings', 'followup.set.open', 'followup.set.question', keepsHouse],
	['/impact/costs', 'impact.costs.title', 'impact.costs.question', canReadCostsOfEffects],
	['/reports/results', 'reports.results.title', null, canReadYear],
	['/reports/trace', 'reports.trace.title', 'reports.trace.question', canTrace],
	['/reports/audit', 'reports.audit.title', 'reports.audit.question', canAudit],
	['/notices', 'notices.list.title', 'notices.list.question', hasNotices],
	['/notices/settings', 'notices.settings.title', 'notices.settings.question', hasNotices],
	['/notices/outbox', 'notices.outbox.title', 'notices.outbox.question', canDeliver],
	['/account', 'ui.account.settings', 'auth.security.title', everybody],
	['/tokens', 'app.tokens.title', null, everybody],
	['/api-docs', 'app.api.title', null, everybody]
];
