import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/** Somebody of the staff as these rules see them. */
export type Rated = { personId: string; supervisorId: string | null; unitPath: string };

export const canRunCampaigns = (actor: Actor): boolean => mayEverywhere(actor, 'needs.run');
/** Who runs campaigns writes what they ask. */
export const canBuildInstruments = canRunCampaigns;
/** Campaigns and their progress; what one answers oneself needs no ability. */
export const canReadCampaigns = (actor: Actor): boolean =>
	hasAbility(actor, 'needs.read') || canRunCampaigns(actor);

export const canRateSelf = (actor: Actor, person: Pick<Rated, 'personId'>): boolean =>
	isSelf(actor, person.personId);

/** Only the direct supervisor, and in a hat that leads the unit: not in the one of an ordinary employee elsewhere. */
export const canRateTeamMember = (actor: Actor, person: Rated): boolean =>
	isSelf(actor, person.supervisorId) &&
	!isSelf(actor, person.personId) &&
	mayIn(actor, 'needs.rateTeam', person.unitPath);

export const hasTeamToRate = (actor: Actor): boolean => hasAbility(actor, 'needs.rateTeam');

/** The heat map of a unit and everything below it, down to its people. */
export const canReadUnit = (actor: Actor, unitPath: string): boolean => mayIn(actor, 'needs.read', unitPath);

export const canReadProfile = (actor: Actor, person: Rated): boolean =>
	isSelf(actor, person.personId) || canRateTeamMember(actor, person) || canReadUnit(actor, person.unitPath);

/** A peer or a subordinate, as they were chosen: nobody answers in another's place. */
export const canAnswerAs = (actor: Actor, duty: { raterId: string }): boolean => isSelf(actor, duty.raterId);

/** Who rates as a peer of somebody in the team is the supervisor's to change, or of whoever runs campaigns. */
export const canAdjustRaters = (actor: Actor, person: Rated): boolean =>
	canRateTeamMember(actor, person) || canRunCampaigns(actor);
