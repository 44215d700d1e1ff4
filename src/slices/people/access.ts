import { isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/** A person as permission sees one: where they sit, who supervises them, and the units their own powers reach. */
export type PersonPlace = {
	personId: string;
	unitPath: string;
	supervisorId: string | null;
	/** Asked for a limit of processing and was granted it; unsaid means no. */
	restricted?: boolean;
};
export type PersonPowers = PersonPlace & { powerPaths: readonly string[] };

/**
 * Oneself always, one's team, and everybody in the units where one may read. Somebody whose processing is restricted is
 * seen by those only who cannot do their duty without: the supervisor, who corrects the unit's records, and who
 * watches over privacy. Its SQL twin is `visiblePeople`.
 * @law UU 27/2022 Ps 11
 */
export const canReadPerson = (actor: Actor, person: PersonPlace): boolean =>
	isSelf(actor, person.personId) ||
	isSelf(actor, person.supervisorId) ||
	(mayIn(actor, 'people.read', person.unitPath) &&
		(person.restricted !== true ||
			mayIn(actor, 'people.correct', person.unitPath) ||
			mayIn(actor, 'people.privacy', person.unitPath)));

/** The whole NIP tells a birth date: shown to oneself and to those who look after the unit's records. */
export const canSeeNip = (actor: Actor, person: PersonPlace): boolean =>
	isSelf(actor, person.personId) ||
	mayIn(actor, 'people.resetAccess', person.unitPath) ||
	mayEverywhere(actor, 'people.import');

/** A file brings a whole agency, so it needs the whole agency. */
export const canImport = (actor: Actor): boolean => mayEverywhere(actor, 'people.import');

/**
 * Whoever holds the one-time code could use it, so nobody hands one out for somebody whose powers reach further than
 * the own unit: `powerPaths` are the units that the person heads or holds a role in.
 */
export const canResetAccess = (actor: Actor, person: PersonPowers): boolean =>
	[person.unitPath, ...person.powerPaths].every((path) => mayIn(actor, 'people.resetAccess', path));

/** First codes for a whole unit; who in it is within reach is asked of each. */
export const canOpenAccess = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'people.resetAccess', unitPath);

/** Roles are given by somebody else: nobody adds to the own powers, and the last giver cannot lock everybody out. */
export const canGiveRole = (actor: Actor, personId: string, unitPath: string): boolean =>
	!isSelf(actor, personId) && mayIn(actor, 'people.grant', unitPath);

/** Orders about people and units: who moves, who stands in, which unit becomes which. Asked of every unit touched. */
export const canOrganise = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'people.organise', unitPath);

/** How many must stand at a unit's counters. */
export const canSetMinimum = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'people.staffing', unitPath);

/** Which kecamatan adjoin: a border touches two units and the whole agency plans by it. */
export const canSetNeighbours = (actor: Actor): boolean => mayEverywhere(actor, 'people.organise');

/** A correction is decided by who looks after the unit's records, and never by oneself. */
export const canDecideCorrection = (actor: Actor, person: PersonPlace): boolean =>
	!isSelf(actor, person.personId) && mayIn(actor, 'people.correct', person.unitPath);

/** Requests under UU 27/2022 and the log of who looked; one's own request is decided by somebody else. */
export const canWatchPrivacy = (actor: Actor): boolean => mayEverywhere(actor, 'people.privacy');
export const canDecidePrivacy = (actor: Actor, personId: string): boolean =>
	!isSelf(actor, personId) && canWatchPrivacy(actor);

/** The page of one's own data with everything that is kept: oneself, and who watches over privacy. */
export const canSeeOwnData = (actor: Actor, personId: string): boolean =>
	isSelf(actor, personId) || canWatchPrivacy(actor);

/** Everything that waits for a day is done by the system when that day begins. */
export const canTurnDay = (actor: Actor): boolean => mayEverywhere(actor, 'people.organise');
