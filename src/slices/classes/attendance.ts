import { refused } from '#kernel/errors.ts';
import type { AttendanceStatus } from './model.ts';

/** Late is there; excused explains why somebody was not there, but the training was missed all the same. */
export const THERE: readonly AttendanceStatus[] = ['present', 'late'];

export type SessionLength = { sessionId: string; minutes: number };

/**
 * Share of the class that somebody was there for, in whole per cent rounded down, weighed by the length of the
 * sessions: half a day missed is more than an hour missed. A session without a mark counts as missed; one that somebody
 * left early counts for as long as they stayed (`stayed`, minutes). Null when the class had no sessions.
 */
export function attendedPercent(
	sessions: readonly SessionLength[],
	marks: ReadonlyMap<string, AttendanceStatus>,
	stayed: ReadonlyMap<string, number> = new Map()
): number | null {
	const total = sessions.reduce((sum, { minutes }) => sum + minutes, 0);
	if (total <= 0) return null;
	const there = sessions.reduce((sum, { sessionId, minutes }) => {
		const mark = marks.get(sessionId);
		return (
			sum +
			(mark !== undefined && THERE.includes(mark) ? Math.min(minutes, stayed.get(sessionId) ?? minutes) : 0)
		);
	}, 0);
	return Math.floor((there * 100) / total);
}

/** Passed when the attendance reaches the threshold of the class. */
export const outcomeOf = (percent: number, threshold: number): 'passed' | 'failed' =>
	percent >= threshold ? 'passed' : 'failed';

/** A sheet is filled from the beginning of its session on: nobody can be there before. */
export function markable(session: { startsAt: Date; cancelled: boolean; topic: string }, now: Date): void {
	if (session.cancelled) throw refused('classes.attendance.cancelled', { topic: session.topic });
	if (now < session.startsAt) throw refused('classes.attendance.tooEarly', { topic: session.topic });
}

export type Sheet = { topic: string; endsAt: Date; minutes: number; marks: number };

/** A class ends when its last session has ended and every sheet was filled. `sheets`: those not called off. */
export function finishable(sheets: readonly Sheet[], enrolled: number, now: Date): void {
	if (sheets.length === 0) throw refused('classes.finish.noSessions');
	const ahead = sheets.find(({ endsAt }) => endsAt > now);
	if (ahead) throw refused('classes.finish.sessionAhead', { topic: ahead.topic });
	const empty = sheets.filter(({ marks }) => marks === 0);
	if (enrolled > 0 && empty.length > 0)
		throw refused('classes.finish.sheetMissing', { topic: empty[0]?.topic ?? '', sheets: empty.length });
}
