import { mayEverywhere, type Actor } from '#kernel/actor.ts';

/**
 * The dictionary and the required levels are public law: everybody signed in reads them, for they are measured
 * against them. Changing them is for the whole agency or not at all.
 */
export const canEditStandards = (actor: Actor): boolean => mayEverywhere(actor, 'competencies.edit');
