import { refused } from '#kernel/errors.ts';
import type { Approval, RegistrationStatus } from './model.ts';

/** Seats that people of a unit (with all below it), of a kind of post, or of both may hold together. */
export type Quota = { unitPath: string | null; postKind: string | null; most: number; taken: number };

/** Somebody who might get a seat, and where they work today. */
export type Candidate = { personId: string; unitPath: string | null; postKind: string | null };

const isWithin = (path: string | null, top: string): boolean =>
	path !== null && (path === top || path.startsWith(`${top}.`));

const covers = (quota: Quota, who: Candidate): boolean =>
	(quota.postKind === null || quota.postKind === who.postKind) &&
	(quota.unitPath === null || isWithin(who.unitPath, quota.unitPath));

/**
 * Who of a queue gets the free seats, in the order of the queue: whoever is busy at that time or whose quota is full
 * keeps their place and is passed over.
 */
export function givenSeats<One extends Candidate>(
	queue: readonly One[],
	free: number,
	quotas: readonly Quota[],
	busy: ReadonlySet<string> = new Set()
): One[] {
	const taken = quotas.map((quota) => quota.taken);
	const given: One[] = [];
	for (const who of queue) {
		if (given.length >= free) break;
		if (busy.has(who.personId)) continue;
		const his = quotas.flatMap((quota, at) => (covers(quota, who) ? [at] : []));
		if (his.some((at) => (taken[at] ?? 0) >= (quotas[at]?.most ?? 0))) continue;
		for (const at of his) taken[at] = (taken[at] ?? 0) + 1;
		given.push(who);
	}
	return given;
}

/** Seats left empty so often, within so many months, that the office must agree to the next request. */
export type SeatPolicy = { decideHours: number; noShows: number; noShowMonths: number };
export const DEFAULT_POLICY: SeatPolicy = { decideHours: 72, noShows: 2, noShowMonths: 12 };

/** Who must still agree when somebody asks: nobody, the supervisor, or the office after the supervisor. */
export const approvalFor = (approval: Approval, noShows: number, policy: SeatPolicy): Approval =>
	noShows >= policy.noShows ? 'office' : approval;

/** What a yes leads to: a seat (or the queue), unless the office has to agree after the supervisor. */
export const yesLeadsTo = (
	approval: Approval,
	status: RegistrationStatus,
	byOffice: boolean
): 'seat' | 'approved' =>
	approval === 'office' && status === 'requested' && !byOffice ? 'approved' : 'seat';

/** Refuses to be asked after the last day; days are those of the agency's calendar. */
export function stillAsks(asksUntil: string | null, today: string): void {
	if (asksUntil !== null && today > asksUntil) throw refused('classes.request.tooLate', { until: asksUntil });
}

/**
 * Until when an offered seat is kept: so many hours, but not beyond the first session, which somebody else could still
 * attend. null: it is not offered but given at once, because nothing is set or too little time is left to ask.
 */
export function answerBy(answerHours: number | null, now: Date, firstSession: Date | null): Date | null {
	if (answerHours === null) return null;
	const until = new Date(now.getTime() + answerHours * 3_600_000);
	return firstSession !== null && until > firstSession ? null : until;
}

/** An offered seat is answered while it is kept. */
export function stillOffered(by: Date | null, now: Date): void {
	if (by === null || now > by) throw refused('classes.offer.lapsed');
}

/** The seat was kept for nobody: no session attended and no excuse, while at least one sheet was filled. */
export const isNoShow = (marks: readonly string[]): boolean =>
	marks.length > 0 && marks.every((mark) => mark === 'absent');
