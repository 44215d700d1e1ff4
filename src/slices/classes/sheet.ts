import { invalidField, refused } from '#kernel/errors.ts';
import { paperMime } from '#platform/files/file-kind.ts';
import type { AttendanceStatus, ClassStatus } from './model.ts';

export const MOST_PAPER_BYTES = 5 * 1024 * 1024;
export const MOST_PAGES = 20;
/** Nobody remembers for certain later than this, and certificates have been issued. */
export const MOST_DAYS_TO_ASK = 30;

/** The kind of a scan by its content: a PDF, or a photo. Refuses: another kind, or larger than 5 MB. */
export function paperKind(bytes: Uint8Array, field: string): string {
	if (bytes.length > MOST_PAPER_BYTES) throw invalidField(field, 'classes.paper.tooLarge', { size: 5 });
	const mime = paperMime(bytes);
	if (mime === null) throw invalidField(field, 'classes.paper.kind');
	return mime;
}

/** Codes, hand and paper work on an open sheet only. */
export function sheetOpenable(
	session: { cancelled: boolean; topic: string },
	sheet: { closed: boolean } | null
): void {
	if (session.cancelled) throw refused('classes.attendance.cancelled', { topic: session.topic });
	if (sheet?.closed) throw refused('classes.attendance.sheetClosed', { topic: session.topic });
}

export type Asking = {
	topic: string;
	startsAt: Date;
	endsAt: Date;
	cancelled: boolean;
	classStatus: ClassStatus;
	/** Mark so far. */
	mark: AttendanceStatus | null;
	wanted: AttendanceStatus;
	own: boolean;
	evidence: boolean;
};

/**
 * What may be asked of a sheet: to be excused also beforehand, with proof; another mark from the beginning of the session
 * on, by oneself for thirty days. Refuses: called off, class called off or not open, too early, too late, the same mark.
 */
export function askable(it: Asking, now: Date): void {
	if (it.cancelled || it.classStatus === 'cancelled')
		throw refused('classes.attendance.cancelled', { topic: it.topic });
	if (it.classStatus === 'planned') throw refused('classes.class.notOpen');
	if (it.wanted !== 'excused' && now < it.startsAt)
		throw refused('classes.attendance.tooEarly', { topic: it.topic });
	if (it.own && now.getTime() > it.endsAt.getTime() + MOST_DAYS_TO_ASK * 86_400_000)
		throw refused('classes.ask.tooLate', { days: MOST_DAYS_TO_ASK });
	if (it.wanted === it.mark) throw refused('classes.ask.sameMark', { topic: it.topic });
	if (it.own && it.wanted === 'excused' && !it.evidence)
		throw invalidField('evidence', 'classes.ask.noEvidence');
}

/** Answered once; the second to answer is told by whom, and when. */
export function unanswered(status: string, by: { who: string; when: string }): void {
	if (status === 'withdrawn') throw refused('classes.ask.withdrawn');
	if (status !== 'asked') throw refused('classes.ask.answered', by);
}
