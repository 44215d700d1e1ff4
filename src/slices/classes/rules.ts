import { invalidField, refused } from '#kernel/errors.ts';
import {
	CHANGEABLE,
	CLASS_NEXT,
	REGISTRATION_NEXT,
	TAKES_PEOPLE,
	UNDECIDED,
	type ClassStatus,
	type RegistrationStatus
} from './model.ts';

const NOT_NOW: Record<ClassStatus, string> = {
	planned: 'classes.class.notOpen',
	open: 'classes.class.stillOpen',
	running: 'classes.class.alreadyRunning',
	finished: 'classes.class.alreadyFinished',
	cancelled: 'classes.class.alreadyCancelled'
};

/** Refuses a step that the table of statuses does not know. */
export function classStep(from: ClassStatus, to: ClassStatus): { status: ClassStatus } {
	if (CLASS_NEXT[from].includes(to)) return { status: to };
	throw refused(NOT_NOW[from]);
}

export function changeable(status: ClassStatus): void {
	if (!CHANGEABLE.includes(status)) throw refused(NOT_NOW[status]);
}

/** Whoever asks asks an open class; the office may still add people while it runs. */
export function takesRequests(status: ClassStatus): void {
	if (status !== 'open')
		throw refused(status === 'planned' ? 'classes.class.notOpen' : 'classes.class.closedForRequests');
}

export function takesPeople(status: ClassStatus): void {
	if (!TAKES_PEOPLE.includes(status)) throw refused(NOT_NOW[status]);
}

export type Decided = { who: string; when: string };

const ALREADY: Record<RegistrationStatus, string> = {
	requested: 'classes.registration.alreadyRequested',
	approved: 'classes.registration.alreadyApproved',
	waiting: 'classes.registration.alreadyWaiting',
	offered: 'classes.registration.alreadyOffered',
	enrolled: 'classes.registration.alreadyEnrolled',
	rejected: 'classes.registration.alreadyRejected',
	withdrawn: 'classes.registration.alreadyWithdrawn',
	passed: 'classes.registration.alreadyPassed',
	failed: 'classes.registration.alreadyFailed'
};

/** Refuses a step of a registration that the table does not know, naming who was there before, and when. */
export function registrationStep(
	from: RegistrationStatus | null,
	to: RegistrationStatus,
	by: Decided | null
): void {
	if (from === null || REGISTRATION_NEXT[from].includes(to)) return;
	throw refused(ALREADY[from], { who: by?.who ?? '—', when: by?.when ?? '—' });
}

/** A request is answered once: the second to answer is told who was first, and when. */
export function undecided(status: RegistrationStatus, by: Decided): void {
	if (!UNDECIDED.includes(status)) throw refused(ALREADY[status], by);
}

/** Only a seat can be handed on; whoever waits or asks has none. */
export function replaceable(status: RegistrationStatus): void {
	if (status !== 'enrolled' && status !== 'offered') throw refused('classes.replace.noSeat');
}

const DECIDED = {
	approved: 'classes.decide.toOffice',
	enrolled: 'classes.decide.enrolled',
	waiting: 'classes.decide.waiting',
	rejected: 'classes.decide.rejected'
} as const;

/** What the supervisor is told: a yes may still mean waiting. */
export const decidedWord = (status: keyof typeof DECIDED): string => DECIDED[status];

/** What whoever asked is told: a seat at once, a place in the queue, or who decides first. */
export const askedWord = (status: RegistrationStatus): string =>
	status === 'enrolled'
		? 'classes.request.seated'
		: status === 'waiting'
			? 'classes.request.queued'
			: 'classes.request.done';

/** Enrolled while a seat is free, else on the waiting list: nobody jumps a queue that has formed. */
export function seatFor(seats: number, enrolled: number, waiting: number): 'enrolled' | 'waiting' {
	return enrolled < seats && waiting === 0 ? 'enrolled' : 'waiting';
}

/** Seats may grow and shrink, but never below the people who hold one. */
export function seatsKept(seats: number, enrolled: number): void {
	if (seats < enrolled) throw invalidField('seats', 'classes.class.seatsTaken', { enrolled });
}

export function datesInOrder(startsOn: string, endsOn: string): void {
	if (endsOn < startsOn) throw invalidField('endsOn', 'classes.class.endsBeforeStart');
}

export type PlannedLine = { planStatus: string; programId: string };

/** A class carries out a line of a decreed plan, with the program of that line; or none, and the break is shown. */
export function fitsLine(line: PlannedLine, programId: string): void {
	if (line.planStatus !== 'decreed') throw refused('classes.class.planNotDecreed');
	if (line.programId !== programId) throw refused('classes.class.otherProgram');
}

/**
 * JP of a session that teaches a module, two decimals; openings, tests and the like count none.
 * @law BPS letter B-031/BPS/2600/02/2019: 1 JP = 45 minutes
 */
export const sessionHours = (minutes: number, teaches: boolean): number =>
	teaches ? Math.round((minutes / 45) * 100) / 100 : 0;
