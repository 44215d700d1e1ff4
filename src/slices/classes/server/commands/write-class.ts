import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import type { Tx } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { CancelClass, ChangeClass, CreateClass, MoveClass } from '../../input.ts';
import { PENDING } from '../../model.ts';
import { changeable, classStep, datesInOrder, fitsLine, seatsKept } from '../../rules.ts';
import { notStale } from '../../schedule.ts';
import { lockClass } from '../lock.ts';
import { countsOf, promoteWaiting } from '../seats.ts';

constraintMeans('class_agency_id_code_key', 'classes.class.codeTaken');

/**
 * A class of the curriculum in force, carrying out a line of a decreed plan or none (shown as a break). Refuses: plan
 * not decreed, other program than the line's, no curriculum in force, code taken.
 */
export const createClass = command(
	'classes.create',
	CreateClass,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canManage(actor));
		datesInOrder(input.startsOn, input.endsOn);
		if (input.planLineId !== undefined) {
			const line = await lineFacts(tx, input.planLineId);
			if (!line) throw missing();
			fitsLine(line, input.programId);
		}
		const program = await programInForce(tx, actor.agencyId, input.programId);
		const classId = newId(now.getTime());
		await tx
			.insertInto('classes.class')
			.values({
				agency_id: actor.agencyId,
				id: classId,
				code:
					input.code ??
					(await nextCode(tx, actor.agencyId, program.code, Number(input.startsOn.slice(0, 4)))),
				name: input.name,
				plan_line_id: input.planLineId ?? null,
				version_id: program.versionId,
				form: program.form,
				mode: input.mode,
				status: 'planned',
				seats: input.seats,
				place: input.place,
				starts_on: input.startsOn,
				ends_on: input.endsOn,
				abroad: input.abroad,
				attendance_percent: input.attendancePercent ?? program.attendancePercent,
				owner_id: actor.personId,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ classId });
		return { classId };
	},
	{ summary: 'Plans a class of the curriculum in force' }
);

/** Facts of a class until it is over; more seats let the first who wait move up. Refuses: fewer seats than people. */
export const changeClass = command(
	'classes.change',
	ChangeClass,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		changeable(held.status);
		notStale(input.seen, held.edition, held.saved);
		datesInOrder(input.startsOn, input.endsOn);
		seatsKept(input.seats, (await countsOf(tx, actor.agencyId, held.id)).enrolled);
		await sessionsWithin(tx, actor.agencyId, held.id, input.startsOn, input.endsOn);
		await tx
			.updateTable('classes.class')
			.set({
				name: input.name,
				mode: input.mode,
				seats: input.seats,
				place: input.place,
				starts_on: input.startsOn,
				ends_on: input.endsOn,
				attendance_percent: input.attendancePercent,
				edition: held.edition + 1,
				changed_by: actor.name,
				changed_at: now
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', held.id)
			.execute();
		const moved = await promoteWaiting(beam, { ...held, seats: input.seats });
		note({ classId: held.id });
		return { classId: held.id, promoted: moved.length };
	},
	{ summary: 'Changes name, days, place, seats and threshold of a class' }
);

/** Opens a planned class to requests. Refuses: no session yet, already open. */
export const openClass = command(
	'classes.open',
	MoveClass,
	async ({ tx, actor, permit, record }, { classId }) => {
		const held = await lockClass(tx, actor.agencyId, classId);
		permit(canManage(actor));
		const change = classStep(held.status, 'open');
		if (!(await hasSessions(tx, actor.agencyId, classId))) throw refused('classes.open.noSessions');
		await setStatus(tx, actor.agencyId, classId, change.status);
		record('classes.opened', { classId });
		return { classId };
	},
	{ summary: 'Opens a class to requests' }
);

/** Closes the door to requests; the first attendance sheet does the same. */
export const startClass = command(
	'classes.start',
	MoveClass,
	async ({ tx, actor, permit, note }, { classId }) => {
		const held = await lockClass(tx, actor.agencyId, classId);
		permit(canManage(actor));
		await setStatus(tx, actor.agencyId, classId, classStep(held.status, 'running').status);
		note({ classId });
		return { classId };
	},
	{ summary: 'Starts a class: no more requests' }
);

/** Calls a class off: its people and facilitators are free again. Refuses: over already. */
export const cancelClass = command(
	'classes.cancel',
	CancelClass,
	async ({ tx, actor, now, permit, record }, input) => {
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		await setStatus(tx, actor.agencyId, held.id, classStep(held.status, 'cancelled').status);
		await tx
			.updateTable('classes.session')
			.set({ cancelled_at: now, edition: sql<number>`edition + 1` })
			.where('agency_id', '=', actor.agencyId)
			.where('class_id', '=', held.id)
			.where('cancelled_at', 'is', null)
			.execute();
		await tx
			.updateTable('classes.registration')
			.set({
				status: 'rejected',
				decided_by: actor.personId,
				decided_at: now,
				note: input.note,
				waiting_since: null,
				answer_by: null
			})
			.where('agency_id', '=', actor.agencyId)
			.where('class_id', '=', held.id)
			.where('status', 'in', [...PENDING, 'enrolled'])
			.execute();
		record('classes.cancelled', { classId: held.id });
		return { classId: held.id };
	},
	{ summary: 'Calls a class off, with a reason' }
);

async function setStatus(tx: Tx, agencyId: string, classId: string, status: string): Promise<void> {
	await tx
		.updateTable('classes.class')
		.set({ status })
		.where('agency_id', '=', agencyId)
		.where('id', '=', classId)
		.execute();
}

export async function programInForce(tx: Tx, agencyId: string, programId: string) {
	const program = await tx
		.selectFrom('programs.program')
		.select(['code', 'form', 'version_id', 'attendance_percent'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', programId)
		.executeTakeFirst();
	if (!program) throw missing();
	if (program.version_id === null) throw refused('classes.class.noCurriculum');
	return {
		code: program.code,
		form: program.form,
		versionId: program.version_id,
		attendancePercent: program.attendance_percent
	};
}

/** PPP-2027-3: up by one each time, also for two people at once; numbers given by hand are passed over. */
export async function nextCode(tx: Tx, agencyId: string, program: string, year: number): Promise<string> {
	for (;;) {
		const code = `${program}-${year}-${await nextNumbers(tx, agencyId, `class:${program}`, year, 1)}`;
		const taken = await tx
			.selectFrom('classes.class')
			.select('id')
			.where('agency_id', '=', agencyId)
			.where('code', '=', code)
			.executeTakeFirst();
		if (!taken) return code;
	}
}

async function hasSessions(tx: Tx, agencyId: string, classId: string): Promise<boolean> {
	const row = await tx
		.selectFrom('classes.session')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('cancelled_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

async function sessionsWithin(
	tx: Tx,
	agencyId: string,
	classId: string,
	from: string,
	to: string
): Promise<void> {
	const rows = await sql<{ topic: string; day: string }>`
		select s.topic, to_char(s.starts_at at time zone a.time_zone, 'YYYY-MM-DD') as day
		from classes.session s join platform.agency a on a.agency_id = s.agency_id
		where s.agency_id = ${agencyId} and s.class_id = ${classId} and s.cancelled_at is null
			and ((s.starts_at at time zone a.time_zone)::date < ${from}::date or (s.starts_at at time zone a.time_zone)::date > ${to}::date)
		order by s.starts_at limit 1`.execute(tx);
	const outside = rows.rows[0];
	if (outside) throw refused('classes.class.sessionOutside', outside);
}
