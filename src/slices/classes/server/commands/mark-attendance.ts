import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import type { Tx } from '#platform/db/db.ts';
import { finishable, markable } from '../../attendance.ts';
import { canManage, canMark } from '../../access.ts';
import { MarkAttendance, MoveClass } from '../../input.ts';
import { PENDING } from '../../model.ts';
import { classStep, takesPeople } from '../../rules.ts';
import { sheetOpenable } from '../../sheet.ts';
import { lockClass, lockSession, sheetOf } from '../lock.ts';
import { outcomesOf, sheetsOf } from '../outcomes.ts';

/**
 * The sheet of a session, all marks at once; marking again corrects. The first sheet of an open class starts it.
 * Refuses: before the session begins, called off, class over, sheet closed, somebody who is not enrolled (named).
 */
export const markAttendance = command(
	'classes.markAttendance',
	MarkAttendance,
	async ({ tx, actor, now, permit, note }, { sessionId, marks }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canMark(actor, await teachingOf(tx, actor, session)));
		takesPeople(session.class.status);
		markable(session, now);
		sheetOpenable(session, await sheetOf(tx, actor.agencyId, sessionId));
		await refuseStrangers(
			tx,
			actor.agencyId,
			session,
			marks.map(({ personId }) => personId)
		);
		const changed = await sql`
			insert into classes.attendance as a (agency_id, session_id, person_id, status, marked_by, marked_at)
			select ${actor.agencyId}::uuid, ${sessionId}::uuid, m.person_id, m.status, ${actor.personId}::uuid, ${now}::timestamptz
			from unnest(${marks.map(({ personId }) => personId)}::uuid[], ${marks.map(({ status }) => status)}::text[]) as m(person_id, status)
			on conflict (agency_id, session_id, person_id) do update
				set status = excluded.status, marked_by = excluded.marked_by, marked_at = excluded.marked_at, via = 'hand'
				where a.status <> excluded.status`.execute(tx);
		if (session.class.status === 'open')
			await tx
				.updateTable('classes.class')
				.set({ status: classStep('open', 'running').status })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', session.class.id)
				.execute();
		note({ classId: session.class.id, sessionId, marks: marks.length });
		return { classId: session.class.id, changed: Number(changed.numAffectedRows ?? 0) };
	},
	{ summary: 'Fills or corrects the attendance sheet of a session' }
);

/**
 * Ends a class: everybody enrolled passes or fails by the attendance threshold of the class; who still waited or asked
 * is told no. Refuses: a session still ahead, a sheet without a mark, not running.
 */
export const finishClass = command(
	'classes.finish',
	MoveClass,
	async ({ tx, actor, now, permit, record }, { classId }) => {
		const held = await lockClass(tx, actor.agencyId, classId);
		permit(canManage(actor));
		const change = classStep(held.status, 'finished');
		const sheets = await sheetsOf(tx, actor.agencyId, classId);
		const outcomes = await outcomesOf(tx, actor.agencyId, classId, sheets, held.attendancePercent);
		finishable(sheets, outcomes.length, now);
		await sql`
			update classes.registration r set status = o.status, no_show = o.no_show, decided_by = ${actor.personId}::uuid, decided_at = ${now}::timestamptz
			from unnest(${outcomes.map(({ registrationId }) => registrationId)}::uuid[], ${outcomes.map(({ status }) => status)}::text[],
				${outcomes.map(({ noShow }) => noShow)}::boolean[]) as o(id, status, no_show)
			where r.agency_id = ${actor.agencyId} and r.id = o.id`.execute(tx);
		await tx
			.updateTable('classes.registration')
			.set({
				status: 'rejected',
				decided_by: actor.personId,
				decided_at: now,
				waiting_since: null,
				answer_by: null
			})
			.where('agency_id', '=', actor.agencyId)
			.where('class_id', '=', classId)
			.where('status', 'in', [...PENDING])
			.execute();
		await tx
			.updateTable('classes.class')
			.set({ status: change.status })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', classId)
			.execute();
		record('classes.closed', { classId });
		const passed = outcomes.filter(({ status }) => status === 'passed').length;
		return { classId, passed, failed: outcomes.length - passed };
	},
	{ summary: 'Ends a class: passed or failed by attendance' }
);

/**
 * How the actor stands to a session, as `canMark` asks it: teaches it, alone or with others, and has not called off;
 * teaches any session of its class.
 */
export async function teachingOf(
	tx: Tx,
	actor: Actor,
	session: { id: string; class: { id: string } }
): Promise<{ facilitatorId: string | null; teachesClass: boolean }> {
	if (actor.personId === null) return { facilitatorId: null, teachesClass: false };
	const rows = await sql<{ own: boolean; class: boolean }>`
		select coalesce(bool_or(s.id = ${session.id} and f.cancelled_at is null), false) as own, count(*) > 0 as class
		from classes.session s
		join classes.session_facilitator f on f.agency_id = s.agency_id and f.session_id = s.id and f.person_id = ${actor.personId}
		where s.agency_id = ${actor.agencyId} and s.class_id = ${session.class.id}`.execute(tx);
	const found = rows.rows[0];
	return { facilitatorId: found?.own ? actor.personId : null, teachesClass: found?.class ?? false };
}

async function refuseStrangers(
	tx: Tx,
	agencyId: string,
	session: { id: string; class: { id: string } },
	personIds: readonly string[]
): Promise<void> {
	const rows = await sql<{ name: string | null }>`
		select p.name from unnest(${[...personIds]}::uuid[]) as m(person_id)
		left join classes.registration r on r.agency_id = ${agencyId} and r.class_id = ${session.class.id} and r.person_id = m.person_id
			and r.status = 'enrolled'
			and (not exists (select from classes.session_member o where o.agency_id = ${agencyId} and o.session_id = ${session.id})
				or exists (select from classes.session_member o where o.agency_id = ${agencyId} and o.session_id = ${session.id} and o.person_id = r.person_id))
		left join people.person p on p.agency_id = ${agencyId} and p.id = m.person_id
		where r.id is null limit 1`.execute(tx);
	const stranger = rows.rows[0];
	if (stranger) throw refused('classes.attendance.notEnrolled', { name: stranger.name ?? '—' });
}
