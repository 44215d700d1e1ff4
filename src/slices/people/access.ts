import { isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/** A person as permission sees one: where they sit, who supervises them, and the units their own powers reach. */
export type PersonPlace = { personId: string; unitPath: string; supervisorId: string | null };
export type PersonPowers = PersonPlace & { powerPaths: readonly string[] };

/** Oneself always, one's team, and everybody in the units where one may read. Its SQL twin is `visiblePeople`. */
export const canReadPerson = (actor: Actor, person: PersonPlace): boolean =>
	isSelf(actor, person.personId) ||
	isSelf(actor, person.supervisorId) ||
	mayIn(actor, 'people.read', person.unitPath);

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

/** Roles are given by somebody else: nobody adds to the own powers, and the last giver cannot lock everybody out. */
export const canGiveRole = (actor: Actor, personId: string, unitPath: string): boolean =>
	!isSelf(actor, personId) && mayIn(actor, 'people.grant', unitPath);
