import { isSelf, mayIn, type Actor } from '#kernel/actor.ts';
import { canManage, type Taking } from './access.ts';

/** Leave and duty are written down by whoever looks after a unit's counters: its head, its office, and BKPSDM. */
export const canWriteAbsence = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'people.staffing', unitPath);

/** Twin of `visibleAbsence` in server/visible-absence.ts: one's own, one's team's, and those of one's units. */
export const canSeeAbsence = (actor: Actor, taking: Taking): boolean =>
	isSelf(actor, taking.personId) ||
	isSelf(actor, taking.supervisorId) ||
	canWriteAbsence(actor, taking.unitPath ?? '');

/** A split is work of the office that runs the classes, in every part of it. */
export const canSplit = (actor: Actor): boolean => canManage(actor);
