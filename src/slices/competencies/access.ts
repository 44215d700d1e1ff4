import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/**
 * The dictionary and the required levels in force are public law: everybody signed in reads them, for they are measured
 * against them. Changing them is for the whole agency or not at all; drafts are seen by whoever may change them.
 */
export const canEditStandards = (actor: Actor): boolean => mayEverywhere(actor, 'competencies.edit');

/** A unit proposes for itself and the units below it: for whoever leads it or looks after its records. */
export const canPropose = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'competencies.propose', unitPath);

export const mayProposeSomewhere = (actor: Actor): boolean => hasAbility(actor, 'competencies.propose');

export type ProposalPlace = { proposedBy: string | null; unitPath: string };

/** Whoever decides, whoever may propose for that unit, and whoever proposed it. Its SQL twin is `visibleProposals`. */
export const canReadProposal = (actor: Actor, proposal: ProposalPlace): boolean =>
	canEditStandards(actor) ||
	isSelf(actor, proposal.proposedBy) ||
	mayIn(actor, 'competencies.propose', proposal.unitPath);

/** Which parts of the room are the actor's. */
export const partsFor = (actor: Actor): { edit: boolean; propose: boolean; mine: boolean } => ({
	edit: canEditStandards(actor),
	propose: mayProposeSomewhere(actor),
	mine: actor.personId !== null
});
