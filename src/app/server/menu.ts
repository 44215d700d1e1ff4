import type { Ability } from '#kernel/abilities.ts';
import { hasAbility, type Actor } from '#kernel/actor.ts';

/** The cycle as the menu. `needs`: one of these abilities; none: for everybody signed in, because it holds their own things. */
const STAGES: readonly { room: string; href: string; needs: readonly Ability[] }[] = [
	{ room: 'people', href: '/people', needs: ['people.read'] },
	{ room: 'competencies', href: '/competencies', needs: [] },
	{ room: 'needs', href: '/needs', needs: [] },
	{ room: 'programs', href: '/programs', needs: ['programs.read'] },
	{ room: 'content', href: '/content', needs: ['content.edit'] },
	{ room: 'plans', href: '/plans', needs: ['plans.read'] },
	{ room: 'classes', href: '/classes', needs: [] },
	{ room: 'learning', href: '/learning', needs: [] },
	{ room: 'evaluation', href: '/evaluation', needs: ['evaluation.read'] },
	{ room: 'papers', href: '/papers', needs: ['papers.read', 'papers.issue'] },
	{ room: 'credentials', href: '/credentials', needs: [] },
	{ room: 'followup', href: '/followup', needs: [] },
	{ room: 'impact', href: '/impact', needs: ['impact.read'] },
	{ room: 'growth', href: '/growth', needs: [] },
	{ room: 'reports', href: '/reports', needs: ['reports.read'] }
];

/** What a thumb reaches at the foot of a phone, by hat; whoever has none learns. */
const PINNED: Record<string, readonly string[]> = {
	supervisor: ['needs', 'classes'],
	namedSupervisor: ['needs', 'classes'],
	unitHead: ['needs', 'impact'],
	facilitator: ['classes', 'evaluation'],
	trainingAdmin: ['plans', 'classes'],
	agencyHead: ['plans', 'reports'],
	authorizedOfficial: ['plans', 'impact'],
	leadership: ['plans', 'impact'],
	auditor: ['plans', 'reports']
};
const LEARNER: readonly string[] = ['classes', 'learning'];

export type MenuItem = { room: string; href: string; active: boolean; pinned: boolean };

export const menuOf = (actor: Actor, path: string): MenuItem[] =>
	STAGES.filter(
		(stage) => stage.needs.length === 0 || stage.needs.some((ability) => hasAbility(actor, ability))
	).map(({ room, href }) => ({
		room,
		href,
		active: path === href || path.startsWith(`${href}/`),
		pinned: (PINNED[actor.hat?.role ?? ''] ?? LEARNER).includes(room)
	}));
