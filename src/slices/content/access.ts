import { hasAbility, type Actor } from '#kernel/actor.ts';

/** Material follows its program, which belongs to the whole agency; facilitators write it wherever they work. */
export const canEdit = (actor: Actor): boolean => hasAbility(actor, 'content.edit');
export const canRead = (actor: Actor): boolean => canEdit(actor) || hasAbility(actor, 'programs.read');
