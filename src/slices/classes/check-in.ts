import { insideFence, type Fence, type Position } from './fence.ts';
import type { AttendanceStatus, ClassStatus } from './model.ts';

/** A code is shown this long, then the next one. */
export const STEP_S = 30;
/** A hand is slower than a screen, and two clocks of one network still differ by a little. */
const SKEW_S = 10;
/** People come before the beginning and leave after the end. */
export const EARLY_MINUTES = 60;
export const AFTER_MINUTES = 60;
/** Leaving earlier than this before the end is shown as leaving early. */
export const LEAVES_EARLY_MINUTES = 10;
/** A device whose clock was further off than this at the last contact cannot tell when it scanned. */
export const MOST_SKEW_MINUTES = 10;
/** Three days: a session on an island without signal, and the boat back. */
export const MOST_HOURS_LATER = 72;
/** A clock that was measured once drifts, and a scan takes a moment. */
const SLACK_S = 60;
/** Guesses of the spoken code; a hundred thousand would be needed for an even chance of one. */
export const MOST_GUESSES = 8;

export const KINDS = ['in', 'out'] as const;
export type Kind = (typeof KINDS)[number];
export type Via = 'qr' | 'voice';

/** Why a scan did not count; each has a sentence `classes.refusal.<reason>` that says how to go on. */
export const REASONS = [
	'wrongCode',
	'guessed',
	'cancelled',
	'notEnrolled',
	'notOpen',
	'finished',
	'sheetClosed',
	'tooEarly',
	'tooLate',
	'expired',
	'notYetShown',
	'strangeDevice',
	'clockWrong',
	'fromFuture',
	'tooOld',
	'timeMismatch',
	'hadSignal',
	'deviceUsed',
	'otherDevice',
	'already',
	'alreadyOut',
	'markedByHand',
	'notIn',
	'noPosition',
	'roughPosition',
	'outside'
] as const;
export type Reason = (typeof REASONS)[number];

export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_S);
export const shownAt = (step: number): Date => new Date(step * STEP_S * 1000);

/** Was this code on the screen at that moment? */
export function freshness(step: number, at: Date, slack = SKEW_S): 'fresh' | 'expired' | 'notYetShown' {
	const shown = shownAt(step).getTime();
	if (at.getTime() < shown - slack * 1000) return 'notYetShown';
	return at.getTime() > shown + (STEP_S + slack) * 1000 ? 'expired' : 'fresh';
}

/** What the server knows of the session, and of this person in it. */
export type Standing = {
	startsAt: Date;
	endsAt: Date;
	cancelled: boolean;
	classStatus: ClassStatus;
	lateMinutes: number;
	closed: boolean;
	fence: Fence | null;
	enrolled: boolean;
	mark: {
		status: AttendanceStatus;
		byHand: boolean;
		inAt: Date | null;
		outAt: Date | null;
		device: string | null;
	} | null;
	/** Somebody else checked in with this device. */
	deviceTaken: boolean;
	guesses: number;
	/** When this device last sent something, and how far its clock was ahead then, in seconds. */
	contact: { at: Date; skewS: number } | null;
};

export type Scan = {
	via: Via;
	/** What the code says, once it has been found genuine; null when it is no code of this session. */
	code: { kind: Kind; step: number } | null;
	device: string;
	position: Position | null;
	/** By the device's own clock, of a scan kept without signal; null when it came at once. */
	keptAt: Date | null;
};

type Facts = Record<string, string | number>;
export type Refusal = { taken: false; reason: Reason; facts: Facts; at: Date };
export type Taking = {
	taken: true;
	kind: Kind;
	/** When the person stood before the code. */
	at: Date;
	status: AttendanceStatus;
	lateMinutes: number;
	leftEarlyMinutes: number;
	accuracy: 'good' | 'fair' | 'poor' | null;
};
export type Verdict = Refusal | Taking;

const minutesBetween = (from: Date, to: Date): number =>
	Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));

/**
 * Does a scan count? The first thing that is wrong is named, with the facts that help to go on. A code is proof of the
 * half minute in which it was shown; whoever sends one later must have been out of reach until then.
 */
export function judge(scan: Scan, it: Standing, now: Date): Verdict {
	const refuse = (reason: Reason, facts: Facts = {}, at = now): Refusal => ({
		taken: false,
		reason,
		facts,
		at
	});
	if (scan.via === 'voice' && it.guesses >= MOST_GUESSES) return refuse('guessed', { guesses: MOST_GUESSES });
	const { code } = scan;
	if (it.cancelled) return refuse('cancelled');
	if (!it.enrolled) return refuse('notEnrolled');
	if (code === null) return refuse('wrongCode');
	// An answer that was lost on its way back makes a device send again: it did count.
	const again = code.kind === 'in' ? it.mark?.inAt : it.mark?.outAt;
	if (again) return refuse(code.kind === 'in' ? 'already' : 'alreadyOut', {}, again);

	const when = scan.keptAt === null ? liveTime(code.step, now) : keptTime(code.step, scan.keptAt, it, now);
	if ('reason' in when) return refuse(when.reason, when.facts, when.at ?? now);
	const { at } = when;

	if (it.classStatus === 'finished') return refuse('finished', {}, at);
	if (it.classStatus === 'planned') return refuse('notOpen', {}, at);
	if (it.closed) return refuse('sheetClosed', {}, at);
	const early = minutesBetween(at, it.startsAt);
	if (early > EARLY_MINUTES) return refuse('tooEarly', { minutes: early }, at);
	if (at.getTime() > it.endsAt.getTime() + AFTER_MINUTES * 60_000) return refuse('tooLate', {}, at);

	const place = placeOf(scan.position, it.fence);
	if ('reason' in place) return refuse(place.reason, place.facts, at);
	if (it.deviceTaken) return refuse('deviceUsed', {}, at);
	const standing = code.kind === 'in' ? comes(it) : leaves(it, scan.device);
	if (standing !== null) return refuse(standing, {}, at);

	const late = minutesBetween(it.startsAt, at);
	const left = code.kind === 'out' ? minutesBetween(at, it.endsAt) : 0;
	return {
		taken: true,
		kind: code.kind,
		at,
		status: code.kind === 'out' ? (it.mark?.status ?? 'present') : late > it.lateMinutes ? 'late' : 'present',
		lateMinutes: code.kind === 'in' ? late : 0,
		leftEarlyMinutes: left > LEAVES_EARLY_MINUTES ? left : 0,
		accuracy: place.accuracy
	};
}

type When = { at: Date } | { reason: Reason; facts: Facts; at?: Date };

/** Sent at once: the code must be on the screen now. A picture that was passed on comes too late. */
function liveTime(step: number, now: Date): When {
	const fresh = freshness(step, now);
	if (fresh === 'notYetShown') return { reason: 'notYetShown', facts: {} };
	if (fresh === 'expired') {
		const seconds = Math.round((now.getTime() - shownAt(step + 1).getTime()) / 1000);
		return { reason: 'expired', facts: { seconds }, at: shownAt(step) };
	}
	return { at: now };
}

/** Kept on the device: the device's word is corrected by its clock's error and must agree with the code. */
function keptTime(step: number, keptAt: Date, it: Standing, now: Date): When {
	if (it.contact === null) return { reason: 'strangeDevice', facts: {} };
	const skewMinutes = Math.round(it.contact.skewS / 60);
	if (Math.abs(skewMinutes) > MOST_SKEW_MINUTES)
		return {
			reason: 'clockWrong',
			facts:
				Math.abs(skewMinutes) < 120
					? { minutes: Math.abs(skewMinutes), hours: 0 }
					: { minutes: 0, hours: Math.round(Math.abs(skewMinutes) / 60) }
		};
	const at = new Date(keptAt.getTime() - it.contact.skewS * 1000);
	if (at.getTime() > now.getTime() + SLACK_S * 1000) return { reason: 'fromFuture', facts: {} };
	if (now.getTime() - at.getTime() > MOST_HOURS_LATER * 3_600_000)
		return { reason: 'tooOld', facts: { hours: MOST_HOURS_LATER }, at };
	if (freshness(step, at, SLACK_S) !== 'fresh') return { reason: 'timeMismatch', facts: {}, at };
	// Whatever a device keeps goes out with the first signal: it had one since, and kept nothing then.
	if (it.contact.at.getTime() > at.getTime() + SLACK_S * 1000) return { reason: 'hadSignal', facts: {}, at };
	// The code is the better clock of the two.
	const shown = shownAt(step).getTime();
	return { at: new Date(Math.min(Math.max(at.getTime(), shown), shown + STEP_S * 1000)) };
}

type Place = { accuracy: 'good' | 'fair' | 'poor' | null } | { reason: Reason; facts: Facts };

function placeOf(position: Position | null, fence: Fence | null): Place {
	if (fence === null) return { accuracy: null };
	if (position === null) return { reason: 'noPosition', facts: {} };
	const found = insideFence(position, fence);
	if (found.inside) return { accuracy: found.accuracy };
	return found.accuracy === 'none'
		? { reason: 'roughPosition', facts: { metres: Math.round(position.accuracy) } }
		: { reason: 'outside', facts: { metres: found.metres, radius: fence.radiusM } };
}

/** What somebody wrote by hand stands: a code does not undo a facilitator's word. */
function comes({ mark }: Standing): Reason | null {
	if (mark === null) return null;
	if (mark.status === 'present' || mark.status === 'late') return 'already';
	return 'markedByHand';
}

function leaves({ mark }: Standing, device: string): Reason | null {
	if (mark === null) return 'notIn';
	if (mark.status !== 'present' && mark.status !== 'late') return 'markedByHand';
	return mark.device !== null && mark.device !== device ? 'otherDevice' : null;
}
