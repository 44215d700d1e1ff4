import { hasAbility, isSelf, mayEverywhere, type Actor } from '#kernel/actor.ts';
import { opensMaterial } from './rules.ts';

type Seat = { personId: string; status: string; classStatus: string };

/** Material, tests and their results are the learner's own: only who holds the seat, no supervisor, no office. */
export const canLearn = (actor: Actor, seat: Seat | undefined): boolean =>
	seat !== undefined && isSelf(actor, seat.personId) && opensMaterial(seat.status, seat.classStatus);

export const canAnswer = (actor: Actor, attempt: { personId: string }): boolean =>
	isSelf(actor, attempt.personId);

/** Who has read and scored what in a class: who teaches it, and the office that runs all of them. */
export const canSeeProgress = (actor: Actor, it: { teaches: boolean }): boolean =>
	mayEverywhere(actor, 'learning.read') || (it.teaches && hasAbility(actor, 'learning.read'));
