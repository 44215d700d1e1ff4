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

/** Sets the agency's own JP rates, settings and rules of the index. */
export const canSetRules = (actor: Actor): boolean => mayEverywhere(actor, 'agency.settings');

export type OnePerson = { personId: string; unitPath: string; supervisorId: string | null };

/** How a person's hours were counted, and their index: their own, their supervisor's, and whoever reads in their unit. */
export const canSeeHours = (actor: Actor, { personId, unitPath, supervisorId }: OnePerson): boolean =>
	isSelf(actor, personId) || isSelf(actor, supervisorId) || mayIn(actor, 'credentials.read', unitPath);

/** Measures the index of everybody. */
export const canMeasureIp = (actor: Actor): boolean => mayEverywhere(actor, 'credentials.issue');

/** Sanctions are told to the person and to whoever keeps them, nobody else. */
export const canKeepSanctions = (actor: Actor): boolean => mayEverywhere(actor, 'credentials.discipline');

/** Hands records over to SIASN. */
export const canHandOver = (actor: Actor): boolean => mayEverywhere(actor, 'credentials.issue');
