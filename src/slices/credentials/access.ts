import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { EntryStatus } from './model.ts';

/** Issues, revokes and reissues for the agency. */
export const canIssue = (actor: Actor): boolean => mayEverywhere(actor, 'credentials.issue');

/** One's own, or those of people in one's units. */
export const canSeeCertificate = (actor: Actor, holder: { personId: string; unitPath: string }): boolean =>
	isSelf(actor, holder.personId) || mayIn(actor, 'credentials.read', holder.unitPath);

/** Only for oneself: nobody claims hours in another's name. */
export const canClaim = (actor: Actor): boolean => actor.personId !== null;

/** One's own, while nobody decides on it. */
export const canChangeClaim = (actor: Actor, claim: { personId: string; status: EntryStatus }): boolean =>
	isSelf(actor, claim.personId) && (claim.status === 'draft' || claim.status === 'revise');

/** Those of people in one's units, but never one's own. Its SQL twin is `verifiable` in server/queries. */
export const canVerifyClaim = (actor: Actor, claimant: { personId: string; unitPath: string }): boolean =>
	mayIn(actor, 'credentials.verify', claimant.unitPath) && !isSelf(actor, claimant.personId);

export const hasClaimsToVerify = (actor: Actor): boolean => hasAbility(actor, 'credentials.verify');

/** The proof of a claim: its owner, and whoever verifies. */
export const canSeeEvidence = (actor: Actor, claimant: { personId: string; unitPath: string }): boolean =>
	isSelf(actor, claimant.personId) || canVerifyClaim(actor, claimant);

export const seesAll = (actor: Actor): boolean => hasAbility(actor, 'credentials.read');
