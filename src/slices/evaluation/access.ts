import { hasAbility, isSelf, mayEverywhere, type Actor } from '#kernel/actor.ts';

/** Results of classes. They name nobody, so they are not cut by unit; who teaches a class reads its results. */
export const canReadAll = (actor: Actor): boolean => hasAbility(actor, 'evaluation.read');
export const canReadResults = (actor: Actor, it: { teaches: boolean }): boolean =>
	canReadAll(actor) || (it.teaches && actor.personId !== null);

/** The clock, which is nobody; it opens what the rules let it and nothing else. */
export const canOpenReactions = (actor: Actor): boolean => actor.personId === null && canReadAll(actor);

/** Only the participant, and never on somebody's behalf. */
export const canReact = (actor: Actor, seat: { personId: string }): boolean => isSelf(actor, seat.personId);

/** Analysis of a quiz over all its classes shows the right choices: for readers of results and authors of material. */
export const canReadItems = (actor: Actor): boolean => canReadAll(actor) || canTieItems(actor);
export const canTieItems = (actor: Actor): boolean => hasAbility(actor, 'content.edit');

/** Findings come from whoever teaches the class or works on its program; their answers are read by who sat in it too. */
export const canWriteFindings = (actor: Actor, it: { teaches: boolean }): boolean =>
	actor.personId !== null && (it.teaches || hasAbility(actor, 'programs.edit'));
/** Who works on programs, who teaches the class, and whoever owns it now. */
export const canNameOwner = (actor: Actor, it: { teaches: boolean; ownerId: string | null }): boolean =>
	canWriteFindings(actor, it) || isSelf(actor, it.ownerId);
export const canReadSaid = (actor: Actor, it: { teaches: boolean; seated: boolean }): boolean =>
	canReadResults(actor, it) || (it.seated && actor.personId !== null);

/** Forms are written by the office that writes programs; who reads results may see what was asked. */
export const canEditForms = (actor: Actor): boolean => mayEverywhere(actor, 'programs.edit');
export const canSeeForms = (actor: Actor): boolean => canEditForms(actor) || canReadAll(actor);

/** Which forms a class uses is the class's affair; its QR is shown by who stands before it. */
export const canChooseForms = (actor: Actor): boolean => mayEverywhere(actor, 'classes.manage');
export const canShowForms = (actor: Actor, it: { teaches: boolean }): boolean =>
	canChooseForms(actor) || canReadResults(actor, it);
