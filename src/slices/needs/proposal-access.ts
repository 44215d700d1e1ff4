import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { Rated } from './access.ts';

/** A proposed need as these rules see it. */
export type Proposed = { unitPath: string };

/** Needs of a unit: whoever reads its gaps, proposes for it, or runs the whole analysis. */
export const canReadNeeds = (actor: Actor, need: Proposed): boolean =>
	mayIn(actor, 'needs.read', need.unitPath) || canPropose(actor, need);
export const readsNeeds = (actor: Actor): boolean =>
	hasAbility(actor, 'needs.read') || hasAbility(actor, 'needs.propose');

/** Goals, survey results and proposals of a unit; BKPSDM, which runs the analysis, may do so for all. */
export const canPropose = (actor: Actor, need: Proposed): boolean =>
	mayIn(actor, 'needs.propose', need.unitPath);

/** Verify, merge, discuss, decide; ranking rules; minutes; reports. */
export const canConsolidate = (actor: Actor): boolean => mayEverywhere(actor, 'needs.run');

/** Names and levels behind a need: only whoever answers for these people. */
export const canSeePeople = (actor: Actor, need: Proposed): boolean =>
	mayIn(actor, 'needs.read', need.unitPath);

/** Minutes and reports tell of the whole agency. */
export const canReadForums = (actor: Actor): boolean => mayEverywhere(actor, 'needs.read');

export const canWriteIdp = (actor: Actor, personId: string): boolean => isSelf(actor, personId);

/** The direct supervisor, in a hat that leads the unit. */
export const canDecideIdp = (actor: Actor, person: Rated): boolean =>
	isSelf(actor, person.supervisorId) &&
	!isSelf(actor, person.personId) &&
	mayIn(actor, 'needs.rateTeam', person.unitPath);

export const canReadIdp = (actor: Actor, person: Rated): boolean =>
	isSelf(actor, person.personId) ||
	canDecideIdp(actor, person) ||
	mayIn(actor, 'needs.read', person.unitPath);
