import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { sharedCommand } from '#platform/work/together.ts';
import { canCheckIn } from '../../access.ts';
import { judge, stepAt, type Kind, type Scan, type Verdict } from '../../check-in.ts';
import { CheckIn } from '../../input.ts';
import { genuine, readPicture, spoken, type Read } from '../codes.ts';
import { scanFacts, type Known } from '../scan-facts.ts';
import { factsInWords, writeScans, type Judged } from '../scan-writes.ts';

type Input = z.output<typeof CheckIn>;
type ScanIn = Input['scans'][number];

/** What one scan became: how the screen and the kept scans of a device learn it. */
export type ScanAnswer = {
	taken: boolean;
	kind: Kind;
	/** `classes.refusal.<reason>` with its facts, or how it was marked. */
	code: string;
	facts: Record<string, string | number>;
	sessionId: string | null;
	classId: string | null;
	topic: string;
};

/** What is kept of the browser's mark. */
export const deviceHash = (device: string): string => createHash('sha256').update(device).digest('hex');

/**
 * Checks somebody in or out by what their device scanned, at once or kept without signal. A scan that does not count is
 * no error: it is answered with its reason, kept for the person and the facilitator to see, and the facilitator may mark
 * by hand. A whole auditorium scans in one minute, so those of one moment share a transaction (decision 12).
 */
export const checkIn = sharedCommand(
	'classes.checkIn',
	CheckIn,
	{
		// Two people with one device, and two scans of one person, must see each other.
		lane: (actor) => actor.personId ?? actor.accountId,
		body: async ({ tx, now }, parts) => {
			const [first] = parts;
			if (first === undefined) return [];
			const { agencyId } = first.actor;
			const asked = parts.map((part) => {
				try {
					part.permit(canCheckIn(part.actor));
					const personId = part.actor.personId ?? '';
					const device = deviceHash(part.input.device);
					const scans = part.input.scans.map((scan) => {
						const read = scan.code === undefined ? null : readPicture(scan.code);
						return { scan, read, sessionId: read?.sessionId ?? scan.sessionId ?? null };
					});
					return { part, personId, device, scans };
				} catch (reason) {
					if (!(reason instanceof AppError)) throw reason;
					return { refusal: reason };
				}
			});
			const wanted = asked.flatMap((one) =>
				'refusal' in one
					? []
					: one.scans.flatMap(({ sessionId }) =>
							sessionId === null ? [] : [{ sessionId, personId: one.personId, device: one.device }]
						)
			);
			const facts = await scanFacts(tx, agencyId, wanted);
			const minds = new Map<string, Known>();
			const takenBy = new Map<string, string>();
			let next = 0;
			const judged: Judged[] = [];
			const outcomes = asked.map((one): PromiseSettledResult<{ answers: ScanAnswer[]; at: number }> => {
				if ('refusal' in one) return { status: 'rejected', reason: one.refusal };
				const answers = one.scans.map(({ scan, read, sessionId }): ScanAnswer => {
					const found = sessionId === null ? null : (facts[next++] ?? null);
					if (found === null || sessionId === null) return UNREADABLE;
					// A later scan of this moment sees what the earlier ones did.
					const mind = `${sessionId} ${one.personId}`;
					const known = minds.get(mind) ?? found;
					const holder = takenBy.get(`${sessionId} ${one.device}`) ?? known.deviceOf;
					known.deviceTaken = holder !== null && holder !== one.personId;
					const verdict = judge(asScan(scan, read, known, sessionId, one.device, now), known, now);
					if (verdict.taken) {
						takenBy.set(`${sessionId} ${one.device}`, one.personId);
						known.mark = markAfter(known, verdict, one.device);
					}
					minds.set(mind, known);
					judged.push({
						sessionId,
						personId: one.personId,
						device: one.device,
						known,
						verdict,
						via: scan.code === undefined ? 'voice' : 'qr',
						later: scan.keptAt !== undefined
					});
					one.part.note({ sessionId, classId: known.classId, taken: verdict.taken ? 1 : 0 });
					return answerOf(sessionId, known, verdict);
				});
				return { status: 'fulfilled', value: { answers, at: now.getTime() } };
			});
			const contacts = asked.flatMap((one) =>
				'refusal' in one
					? []
					: [
							{
								personId: one.personId,
								device: one.device,
								skewS: Math.round((one.part.input.clock - now.getTime()) / 1000)
							}
						]
			);
			await writeScans(tx, agencyId, now, judged, contacts);
			return outcomes;
		}
	},
	{ summary: 'Check in or out of a session by its code' }
);

const UNREADABLE: ScanAnswer = {
	taken: false,
	kind: 'in',
	code: 'classes.refusal.unreadable',
	facts: {},
	sessionId: null,
	classId: null,
	topic: ''
};

function asScan(
	scan: ScanIn,
	read: Read | null,
	known: Known,
	sessionId: string,
	device: string,
	now: Date
): Scan {
	const keptAt = scan.keptAt === undefined ? null : new Date(scan.keptAt);
	return {
		via: read === null ? 'voice' : 'qr',
		code: codeOf(scan, read, known, sessionId, keptAt ?? now),
		device,
		position: scan.position ?? null,
		keptAt
	};
}

function codeOf(scan: ScanIn, read: Read | null, known: Known, sessionId: string, at: Date) {
	if (known.secret === null) return null;
	if (read !== null) return genuine(known.secret, read);
	const kinds: Kind[] = known.checkOut ? ['in', 'out'] : ['in'];
	const around = stepAt(
		new Date(at.getTime() - (scan.keptAt === undefined ? 0 : (known.contact?.skewS ?? 0) * 1000))
	);
	return spoken(known.secret, sessionId, scan.digits ?? '', around, kinds);
}

const markAfter = (known: Known, verdict: Verdict & { taken: true }, device: string): Known['mark'] => ({
	status: verdict.status,
	byHand: known.mark?.byHand ?? false,
	inAt: verdict.kind === 'in' ? verdict.at : (known.mark?.inAt ?? null),
	outAt: verdict.kind === 'out' ? verdict.at : null,
	device: known.mark?.device ?? device
});

function answerOf(sessionId: string, known: Known, verdict: Verdict): ScanAnswer {
	const about = { sessionId, classId: known.classId, topic: known.topic };
	if (!verdict.taken)
		return {
			...about,
			taken: false,
			kind: 'in',
			code: `classes.refusal.${verdict.reason}`,
			facts: factsInWords(verdict, known)
		};
	const word =
		verdict.kind === 'out'
			? verdict.leftEarlyMinutes > 0
				? 'classes.checkIn.leftEarly'
				: 'classes.checkIn.out'
			: verdict.status === 'late'
				? 'classes.checkIn.late'
				: 'classes.checkIn.in';
	return {
		...about,
		taken: true,
		kind: verdict.kind,
		code: word,
		facts: { ...factsInWords(verdict, known), minutes: verdict.lateMinutes || verdict.leftEarlyMinutes }
	};
}
