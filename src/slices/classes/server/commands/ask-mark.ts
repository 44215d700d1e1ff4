import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { withoutMetadata } from '#platform/files/strip-metadata.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import type { Tx } from '#platform/db/db.ts';
import { canAskMark, canDecideMark } from '../../access.ts';
import { AskMark, DecideMark, WithdrawMark } from '../../input.ts';
import { attendanceStatus, type AttendanceStatus } from '../../model.ts';
import { askable, paperKind, unanswered } from '../../sheet.ts';
import { lockSession, type LockedSession } from '../lock.ts';
import { isFor } from '../visible.ts';
import { outcomesOf, sheetsOf } from '../outcomes.ts';
import { teachingOf } from './mark-attendance.ts';

constraintMeans('attendance_request_open', 'classes.ask.open');

/**
 * Asks to be excused or for another mark on a sheet, with the reason and, to be excused, the proof. Refuses: no seat in
 * the class, too early, too late, the mark it has, one is asked already.
 */
export const askMark = command(
	'classes.askMark',
	AskMark,
	async ({ tx, actor, now, permit, record }, input) => {
		const session = await lockSession(tx, actor.agencyId, input.sessionId);
		const personId = input.personId ?? actor.personId;
		if (personId === null) throw missing();
		permit(canAskMark(actor, await teachingOf(tx, actor, session), personId));
		const seat = await seatOf(tx, actor.agencyId, session, personId);
		if (seat === null) throw refused('classes.ask.notEnrolled');
		askable(
			{
				...session,
				classStatus: session.class.status,
				mark: seat.mark,
				wanted: input.wanted,
				own: personId === actor.personId,
				evidence: input.evidence !== undefined
			},
			now
		);
		const evidenceId =
			input.evidence === undefined
				? null
				: await storeFile(tx, actor, now, {
						room: 'classes',
						name: input.evidence.name,
						mime: paperKind(input.evidence.bytes, 'evidence'),
						content: Buffer.from(withoutMetadata(input.evidence.bytes))
					});
		const requestId = newId(now.getTime());
		await tx
			.insertInto('classes.attendance_request')
			.values({
				agency_id: actor.agencyId,
				id: requestId,
				session_id: session.id,
				person_id: personId,
				status: 'asked',
				wanted: input.wanted,
				reason: input.reason,
				evidence_id: evidenceId,
				asked_by: actor.personId,
				asked_at: now,
				old_mark: seat.mark
			})
			.execute();
		record('classes.markAsked', { classId: session.class.id, sessionId: session.id, personId, requestId });
		return { classId: session.class.id, requestId };
	},
	{ summary: 'Asks to be excused from a session, or for another mark on its sheet' }
);

/** Takes back what one asked oneself, while nobody has answered. */
export const withdrawMark = command(
	'classes.withdrawMark',
	WithdrawMark,
	async ({ tx, actor, permit, note }, { requestId }) => {
		const asked = await lockRequest(tx, actor.agencyId, requestId);
		permit(actor.personId !== null && asked.askedBy === actor.personId);
		unanswered(asked.status, asked.by);
		await tx
			.updateTable('classes.attendance_request')
			.set({ status: 'withdrawn' })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', requestId)
			.execute();
		note({ requestId });
		return { classId: asked.session.class.id };
	},
	{ summary: 'Takes back a request about a mark' }
);

/**
 * Answers a request about a mark. Accepted, the sheet carries the new mark; of a class that is over the outcome is reckoned
 * again by its threshold, and both stand in the request: who asked, who decided, why, old and new. Refuses: answered
 * already (by whom, when), about oneself, one's own question (facilitators).
 */
export const decideMark = command(
	'classes.decideMark',
	DecideMark,
	async ({ tx, actor, now, permit, record }, { requestId, decision, answer }) => {
		const asked = await lockRequest(tx, actor.agencyId, requestId);
		const { session, personId } = asked;
		permit(canDecideMark(actor, await teachingOf(tx, actor, session), asked));
		unanswered(asked.status, asked.by);
		const seat = await seatOf(tx, actor.agencyId, session, personId);
		const change =
			decision === 'accept' && seat !== null
				? await accept({ tx, actor, now }, session, personId, asked.wanted, seat.outcome)
				: { from: null, to: null };
		await tx
			.updateTable('classes.attendance_request')
			.set({
				status: decision === 'accept' ? 'accepted' : 'declined',
				answer,
				decided_by: actor.personId,
				decided_at: now,
				old_mark: seat?.mark ?? asked.oldMark,
				old_outcome: change.from,
				new_outcome: change.to
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', requestId)
			.execute();
		record('classes.markDecided', { classId: session.class.id, sessionId: session.id, personId, requestId });
		if (change.to !== null && change.to !== change.from)
			record('classes.outcomeChanged', { classId: session.class.id, personId });
		return { classId: session.class.id, outcome: change.to };
	},
	{ summary: 'Accepts or declines a request about a mark' }
);

type Seat = { mark: AttendanceStatus | null; outcome: string };

/** Where somebody with a seat stands on this sheet; null without a seat. */
async function seatOf(
	tx: Tx,
	agencyId: string,
	session: LockedSession,
	personId: string
): Promise<Seat | null> {
	const rows = await sql<{ outcome: string; mark: string | null }>`
		select r.status as outcome, a.status as mark
		from classes.registration r
		join classes.session s on s.agency_id = r.agency_id and s.id = ${session.id}
		left join classes.attendance a on a.agency_id = r.agency_id and a.session_id = s.id and a.person_id = r.person_id
		where r.agency_id = ${agencyId} and r.class_id = ${session.class.id} and r.person_id = ${personId}
			and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}`.execute(tx);
	const row = rows.rows[0];
	return row ? { outcome: row.outcome, mark: row.mark === null ? null : attendanceStatus(row.mark) } : null;
}

async function accept(
	{ tx, actor, now }: { tx: Tx; actor: Actor; now: Date },
	session: LockedSession,
	personId: string,
	wanted: AttendanceStatus,
	outcome: string
): Promise<{ from: string | null; to: string | null }> {
	await sql`
		insert into classes.attendance (agency_id, session_id, person_id, status, marked_by, marked_at, via)
		values (${actor.agencyId}, ${session.id}, ${personId}, ${wanted}, ${actor.personId}, ${now}, 'request')
		on conflict (agency_id, session_id, person_id) do update
			set status = excluded.status, marked_by = excluded.marked_by, marked_at = excluded.marked_at, via = excluded.via`.execute(
		tx
	);
	if (session.class.status !== 'finished') return { from: null, to: null };
	const sheets = await sheetsOf(tx, actor.agencyId, session.class.id);
	const [found] = await outcomesOf(
		tx,
		actor.agencyId,
		session.class.id,
		sheets,
		session.class.attendancePercent,
		personId
	);
	if (found === undefined) return { from: outcome, to: outcome };
	await tx
		.updateTable('classes.registration')
		.set({ status: found.status, no_show: found.noShow, decided_by: actor.personId, decided_at: now })
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', found.registrationId)
		.where((eb) => eb.or([eb('status', '<>', found.status), eb('no_show', '<>', found.noShow)]))
		.execute();
	return { from: outcome, to: found.status };
}

/** A request under the lock of its class, with who answered it. Refuses: missing. */
async function lockRequest(tx: Tx, agencyId: string, requestId: string) {
	const found = await tx
		.selectFrom('classes.attendance_request')
		.select('session_id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', requestId)
		.executeTakeFirst();
	if (!found) throw missing();
	const session = await lockSession(tx, agencyId, found.session_id);
	const rows = await sql<{
		status: string;
		wanted: string;
		personId: string;
		askedBy: string | null;
		oldMark: string | null;
		who: string | null;
		when: string | null;
	}>`
		select q.status, q.wanted, q.person_id as "personId", q.asked_by as "askedBy", q.old_mark as "oldMark", p.name as who,
			to_char(q.decided_at at time zone ${session.class.zone}, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.attendance_request q
		left join people.person p on p.agency_id = q.agency_id and p.id = q.decided_by
		where q.agency_id = ${agencyId} and q.id = ${requestId} for update of q`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	return {
		...row,
		wanted: attendanceStatus(row.wanted),
		by: { who: row.who ?? '—', when: row.when ?? '—' },
		session
	};
}
