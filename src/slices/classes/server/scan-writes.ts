import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { civilTimeIn } from '#kernel/time.ts';
import type { Verdict, Via } from '../check-in.ts';
import { classStep } from '../rules.ts';
import type { Known } from './scan-facts.ts';

export type Judged = {
	sessionId: string;
	personId: string;
	device: string;
	known: Known;
	verdict: Verdict;
	via: Via;
	later: boolean;
};

export type Contact = { personId: string; device: string; skewS: number };

/** A verdict's facts with the hours that people read beside them. */
export const factsInWords = (verdict: Verdict, known: Known): Record<string, string | number> => ({
	...(verdict.taken ? {} : verdict.facts),
	topic: known.topic,
	at: civilTimeIn(known.zone, verdict.at),
	...(known.mark?.inAt && !verdict.taken ? { since: civilTimeIn(known.zone, known.mark.inAt) } : {}),
	starts: civilTimeIn(known.zone, known.startsAt)
});

/** Writes what many scans became: marks, refusals, when each device was heard from. Starts an open class. */
export async function writeScans(
	tx: Tx,
	agencyId: string,
	now: Date,
	judged: readonly Judged[],
	contacts: readonly Contact[]
): Promise<void> {
	await writeMarks(tx, agencyId, now, judged);
	await writeRefusals(tx, agencyId, now, judged);
	const started = [
		...new Set(
			judged
				.filter(({ verdict, known }) => verdict.taken && known.classStatus === 'open')
				.map(({ known }) => known.classId)
		)
	];
	if (started.length > 0)
		await tx
			.updateTable('classes.class')
			.set({ status: classStep('open', 'running').status })
			.where('agency_id', '=', agencyId)
			.where('id', 'in', started)
			.where('status', '=', 'open')
			.execute();
	await sql`
		insert into classes.contact as c (agency_id, person_id, device, at, skew_s)
		select ${agencyId}::uuid, k.person_id, k.device, ${now}::timestamptz, k.skew_s
		from unnest(${contacts.map((one) => one.personId)}::uuid[], ${contacts.map((one) => one.device)}::text[],
			${contacts.map((one) => Math.max(-2_000_000_000, Math.min(2_000_000_000, one.skewS)))}::int[]) as k(person_id, device, skew_s)
		on conflict (agency_id, person_id, device) do update set at = excluded.at, skew_s = excluded.skew_s`.execute(
		tx
	);
}

async function writeMarks(tx: Tx, agencyId: string, now: Date, judged: readonly Judged[]): Promise<void> {
	// One row a person and session: somebody who came and left in what was kept has both hours in the last of them.
	const rows = new Map<string, object>();
	for (const { sessionId, personId, device, known, verdict, via, later } of judged) {
		if (!verdict.taken) continue;
		rows.set(`${sessionId} ${personId}`, {
			session_id: sessionId,
			person_id: personId,
			status: known.mark?.status ?? verdict.status,
			via,
			in_at: known.mark?.inAt ?? null,
			out_at: known.mark?.outAt ?? null,
			sent_at: later ? now : null,
			device: known.mark?.device ?? device,
			accuracy: verdict.accuracy
		});
	}
	if (rows.size === 0) return;
	await sql`
		insert into classes.attendance as a (agency_id, session_id, person_id, status, marked_by, marked_at, via, checked_in_at,
			checked_out_at, sent_at, device, accuracy)
		select ${agencyId}::uuid, x.session_id, x.person_id, x.status, x.person_id, coalesce(x.in_at, ${now}::timestamptz), x.via, x.in_at,
			x.out_at, x.sent_at, x.device, x.accuracy
		from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) as x(session_id uuid, person_id uuid, status text,
			via text, in_at timestamptz, out_at timestamptz, sent_at timestamptz, device text, accuracy text)
		on conflict (agency_id, session_id, person_id) do update
			set checked_in_at = excluded.checked_in_at, checked_out_at = excluded.checked_out_at,
				sent_at = coalesce(a.sent_at, excluded.sent_at), device = excluded.device,
				accuracy = coalesce(excluded.accuracy, a.accuracy)`.execute(tx);
}

async function writeRefusals(tx: Tx, agencyId: string, now: Date, judged: readonly Judged[]): Promise<void> {
	const rows = new Map<string, Record<string, unknown> & { times: number }>();
	for (const { sessionId, personId, known, verdict, later } of judged) {
		// Scanning twice harms nobody, and is nothing to look at.
		if (verdict.taken || verdict.reason === 'already' || verdict.reason === 'alreadyOut') continue;
		const mark = `${sessionId} ${personId} ${verdict.reason}`;
		rows.set(mark, {
			session_id: sessionId,
			person_id: personId,
			reason: verdict.reason,
			facts: factsInWords(verdict, known),
			times: (rows.get(mark)?.times ?? 0) + 1,
			said_at: verdict.at,
			sent_later: later
		});
	}
	if (rows.size === 0) return;
	await sql`
		insert into classes.refused_scan as f (agency_id, session_id, person_id, reason, facts, times, said_at, at, sent_later)
		select ${agencyId}::uuid, x.session_id, x.person_id, x.reason, x.facts, x.times, x.said_at, ${now}::timestamptz, x.sent_later
		from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) as x(session_id uuid, person_id uuid, reason text,
			facts jsonb, times integer, said_at timestamptz, sent_later boolean)
		on conflict (agency_id, session_id, person_id, reason) do update
			set facts = excluded.facts, times = f.times + excluded.times, said_at = excluded.said_at, at = excluded.at,
				sent_later = excluded.sent_later`.execute(tx);
}
