import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { ClassStatus } from './model.ts';

/** Classes belong to the agency: one office runs them. */
export const canManage = (actor: Actor): boolean => mayEverywhere(actor, 'classes.manage');

/** An open class is a catalogue for everybody; one still being planned only for those who may read classes. */
export const canSee = (
	actor: Actor,
	it: { status: ClassStatus; mine: boolean; teaching: boolean }
): boolean =>
	it.status !== 'planned' || it.mine || it.teaching || hasAbility(actor, 'classes.read') || canManage(actor);

/** The person behind a registration. Who left has no path and is within reach of the whole agency only. */
export type Taking = {
	personId: string;
	unitPath: string | null;
	supervisorId: string | null;
	/** Who may decide in the supervisor's place: a deputy, and after too long the next above. */
	standIns?: readonly string[];
};

const isSupervisor = (actor: Actor, taking: Taking): boolean =>
	actor.personId !== null && actor.personId === taking.supervisorId;

const inTeam = (actor: Actor, taking: Taking): boolean =>
	isSupervisor(actor, taking) || mayIn(actor, 'classes.approveTeam', taking.unitPath ?? '');

/** For oneself; a supervisor for the team; the office for anybody. */
export const canRequest = (actor: Actor, taking: Taking): boolean => isSelf(actor, taking.personId);

const standsIn = (actor: Actor, taking: Taking): boolean =>
	actor.personId !== null && (taking.standIns ?? []).includes(actor.personId);

/**
 * Supervisors decide for their team and deputies for theirs, heads of a unit for everybody below; nobody decides for
 * themselves.
 */
export const canDecide = (actor: Actor, taking: Taking): boolean =>
	!isSelf(actor, taking.personId) && (inTeam(actor, taking) || standsIn(actor, taking) || canManage(actor));

/** A supervisor names a deputy for the own team; the office for anybody. */
export const canNameDeputy = (actor: Actor, supervisorId: string): boolean =>
	isSelf(actor, supervisorId) || canManage(actor);

export const canNominate = (actor: Actor, taking: Taking): boolean =>
	!isSelf(actor, taking.personId) && inTeam(actor, taking);

export const canEnrol = (actor: Actor): boolean => canManage(actor);

/** Oneself, one's supervisor (duty calls), or the office. */
export const canWithdraw = (actor: Actor, taking: Taking): boolean =>
	isSelf(actor, taking.personId) || inTeam(actor, taking) || canManage(actor);

/** A sheet belongs to who teaches the session; another facilitator of the class may stand in, and so may the office. */
export const canMark = (
	actor: Actor,
	session: { facilitatorId: string | null; teachesClass: boolean }
): boolean =>
	isSelf(actor, session.facilitatorId) ||
	(session.teachesClass && hasAbility(actor, 'classes.teach')) ||
	canManage(actor);

/** By code everybody checks in themselves only; an account without a person has nowhere to be. */
export const canCheckIn = (actor: Actor): boolean => actor.personId !== null;

/** To be excused, or another mark: for oneself, or for anybody by whoever fills the sheet. */
export const canAskMark = (
	actor: Actor,
	session: { facilitatorId: string | null; teachesClass: boolean },
	personId: string
): boolean => isSelf(actor, personId) || canMark(actor, session);

/** Whoever fills the sheet decides, never about themselves; what a facilitator asked is decided by the office. */
export const canDecideMark = (
	actor: Actor,
	session: { facilitatorId: string | null; teachesClass: boolean },
	asked: { personId: string; askedBy: string | null }
): boolean =>
	!isSelf(actor, asked.personId) &&
	canMark(actor, session) &&
	(canManage(actor) || !isSelf(actor, asked.askedBy));

/** Oneself, or the office on the phone with whoever can't come. */
export const canExcuse = (actor: Actor, personId: string): boolean =>
	isSelf(actor, personId) || canManage(actor);

/** Rooms and what stands in them: whoever reads, runs or teaches classes. */
export const canSeeRooms = (actor: Actor): boolean =>
	hasAbility(actor, 'classes.read') || hasAbility(actor, 'classes.teach') || canManage(actor);

/** Where somebody has to be and when: oneself, one's supervisor, who reads the classes of the unit, the office. */
export const canSeeCalendarOf = (actor: Actor, taking: Taking): boolean =>
	canSeeParticipant(actor, taking, false);

/** Who of a unit is away when: who reads its classes or decides who goes. */
export const canSeeUnitCalendar = (actor: Actor, unitPath: string): boolean =>
	mayIn(actor, 'classes.read', unitPath) || mayIn(actor, 'classes.approveTeam', unitPath) || canManage(actor);

/** One row of the participants: twin of the SQL in `visibleParticipant` (server/visible.ts), proved equal by test. */
export const canSeeParticipant = (actor: Actor, taking: Taking, teachesClass: boolean): boolean =>
	isSelf(actor, taking.personId) ||
	isSupervisor(actor, taking) ||
	(teachesClass && actor.personId !== null) ||
	canManage(actor) ||
	mayIn(actor, 'classes.read', taking.unitPath ?? '');
