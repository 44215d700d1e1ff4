import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/** Issues, revokes and reissues for the agency. */
export const canIssue = (actor: Actor): boolean => mayEverywhere(actor, 'credentials.issue');

/** One's own, or those of people in one's units. */
export const canSeeCertificate = (actor: Actor, holder: { personId: string; unitPath: string }): boolean =>
	isSelf(actor, holder.personId) || mayIn(actor, 'credentials.read', holder.unitPath);

/** Only for oneself: nobody claims hours in another's name. */
export const canClaim = (actor: Actor): boolean => actor.personId !== null;

/** A verifier never decides on their own claim. */
export const canVerifyClaim = (actor: Actor, claimant: { personId: string }): boolean =>
	mayEverywhere(actor, 'credentials.issue') && !isSelf(actor, claimant.personId);

export const seesAll = (actor: Actor): boolean => hasAbility(actor, 'credentials.read');
