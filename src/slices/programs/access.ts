import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';

/** Programs and their curricula belong to the whole agency: whoever may read them reads all of them. */
export const canRead = (actor: Actor): boolean => hasAbility(actor, 'programs.read');
export const canEdit = (actor: Actor): boolean => mayEverywhere(actor, 'programs.edit');
export const canPutInForce = (actor: Actor): boolean => mayEverywhere(actor, 'programs.approve');

const LINK = 'link:';

/** Who opened a signed link: no abilities at all, only the account name of that one link. */
export const linkHolder = (link: { id: string; agencyId: string; holder: string }): Actor => ({
	agencyId: link.agencyId,
	accountId: LINK + link.id,
	personId: null,
	name: link.holder,
	unitPath: '',
	hat: null,
	grants: []
});

/** The link that the actor came by; null for everybody else. */
export const linkIdOf = (actor: Actor): string | null =>
	actor.accountId.startsWith(LINK) ? actor.accountId.slice(LINK.length) : null;

/** A partner may advise on the version of their own link. */
export const canAdvise = (actor: Actor, invitation: { id: string } | undefined): boolean =>
	invitation !== undefined && linkIdOf(actor) === invitation.id;
