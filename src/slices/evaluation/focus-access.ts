import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';
import { canReadAll } from './access.ts';

/** Who a focus group's people are, as access asks: who wrote it down, led it, codes it again; who teaches its class. */
export type GroupPeople = {
	madeBy: string;
	facilitatorId: string | null;
	secondCoderId: string | null;
	teaches: boolean;
};

/** The office that works on programs runs focus groups of everybody. */
export const isOffice = (actor: Actor): boolean =>
	actor.personId !== null && mayEverywhere(actor, 'programs.edit');

/** A group about a class may be held by whoever teaches it too; one about a whole version by the office alone. */
export const canHoldGroup = (actor: Actor, { teaches }: { teaches: boolean }): boolean =>
	isOffice(actor) || (teaches && actor.personId !== null);

/** The circle that reads notes, every passage and who said it. */
export const isInside = (actor: Actor, group: GroupPeople): boolean =>
	isOffice(actor) ||
	(actor.personId !== null &&
		[group.madeBy, group.facilitatorId, group.secondCoderId].includes(actor.personId));

/** Others see that it took place, and once its coding is finished its themes and what may be shared. */
export const canSeeGroup = (actor: Actor, group: GroupPeople): boolean =>
	isInside(actor, group) || canReadAll(actor) || (group.teaches && actor.personId !== null);

/** The second coder gives codes of their own and changes nothing else. */
export const codesSecond = (actor: Actor, group: Pick<GroupPeople, 'secondCoderId'>): boolean =>
	actor.personId !== null && actor.personId === group.secondCoderId;
export const canWorkOn = (actor: Actor, group: GroupPeople): boolean =>
	isInside(actor, group) && !codesSecond(actor, group);

/** The codebook is the whole agency's: the office keeps it; whoever reads results reads it too. */
export const canKeepCodes = (actor: Actor): boolean => isOffice(actor);
export const canReadCodes = (actor: Actor): boolean =>
	canReadAll(actor) || hasAbility(actor, 'programs.edit');
