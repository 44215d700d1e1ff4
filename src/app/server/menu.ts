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
	{ room: 'credentials', href: '/credentials', needs: [] },
	{ room: 'followup', href: '/followup', needs: [] },
	{ room: 'impact', href: '/impact', needs: ['impact.read'] },
	{ room: 'growth', href: '/growth', needs: [] },
	{ room: 'reports', href: '/reports', needs: ['reports.read'] }
];

export type MenuItem = { room: string; href: string; active: boolean };

export const menuOf = (actor: Actor, path: string): MenuItem[] =>
	STAGES.filter(
		(stage) => stage.needs.length === 0 || stage.needs.some((ability) => hasAbility(actor, ability))
	).map(({ room, href }) => ({ room, href, active: path === href || path.startsWith(`${href}/`) }));
