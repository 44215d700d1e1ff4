import { sql } from 'kysely';
import { addDays } from '#kernel/time.ts';
import { newId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { Beam } from '#platform/work/command.ts';
import { daysFrom, spreadModules, type ClassPlan, type PlannedSession } from '../class-plan.ts';
import { facilitatorKind } from '../model.ts';
import { sessionHours } from '../rules.ts';
import { engagedAt, roomTakenAt } from './overlap.ts';
import { instants } from './session-facts.ts';
import { letTeach } from './teachers.ts';
import { nextCode, type programInForce } from './commands/write-class.ts';

/** What a new class has that its plan has not. */
export type Held = {
	name: string;
	startsOn: string;
	planLineId: string | null;
	copiedFrom: string | null;
	program: Awaited<ReturnType<typeof programInForce>>;
	zone: string;
};

/** What could not come along, counted so that nothing is lost unseen. */
export type Left = { rooms: number; facilitators: number; modules: number };

/**
 * Plans a class by a plan: its sessions on working days that are no holiday, in rooms and with facilitators that are
 * free then; where not, the place stays empty and is counted. The same for an earlier class and for a template.
 */
export async function holdPlan(
	{ tx, actor, now }: Pick<Beam, 'tx' | 'actor' | 'now'>,
	plan: ClassPlan,
	held: Held
): Promise<{ classId: string; sessions: number } & Left> {
	const { agencyId } = actor;
	const days = daysFrom(plan.sessions, held.startsOn, await holidaysFrom(tx, agencyId, held.startsOn));
	const dates = [...days.values()].map(({ on }) => on);
	const startsOn = dates[0] ?? held.startsOn;
	const classId = newId(now.getTime());
	await tx
		.insertInto('classes.class')
		.values({
			agency_id: agencyId,
			id: classId,
			code: await nextCode(tx, agencyId, held.program.code, Number(startsOn.slice(0, 4))),
			name: held.name,
			plan_line_id: held.planLineId,
			version_id: held.program.versionId,
			form: held.program.form,
			mode: plan.mode,
			status: 'planned',
			seats: plan.seats,
			place: plan.place,
			starts_on: startsOn,
			ends_on: dates.at(-1) ?? startsOn,
			abroad: plan.abroad,
			attendance_percent: plan.attendancePercent ?? held.program.attendancePercent,
			approval: plan.approval,
			asks_until: plan.asksDays === null ? null : addDays(startsOn, -plan.asksDays),
			answer_hours: plan.answerHours,
			owner_id: actor.personId,
			created_by: actor.accountId,
			created_at: now,
			copied_from: held.copiedFrom
		})
		.execute();
	await writeRules(tx, agencyId, classId, plan);
	const modules = spreadModules(plan.sessions, await modulesOf(tx, agencyId, held.program.versionId));
	const left: Left = { rooms: 0, facilitators: 0, modules: 0 };
	for (const [index, session] of plan.sessions.entries()) {
		const on = days.get(session.day)?.on ?? startsOn;
		const time = await instants(tx, { on, from: session.from, minutes: session.minutes }, held.zone);
		const roomId = await roomOf(tx, agencyId, session, plan.seats, time, held.zone);
		const free = await freeTeachers(tx, agencyId, session, time, classId, held.zone);
		const module = modules[index] ?? null;
		if ((session.roomId !== null || session.anyRoom) && roomId === null) left.rooms += 1;
		left.facilitators += session.teachers.length - free.length + session.facilitators.length;
		if (session.teaches && module === null) left.modules += 1;
		const sessionId = newId(now.getTime());
		await tx
			.insertInto('classes.session')
			.values({
				agency_id: agencyId,
				id: sessionId,
				class_id: classId,
				sort: index + 1,
				topic: session.topic,
				module_id: module?.id ?? null,
				mode: session.mode,
				place: session.place,
				room_id: roomId,
				latitude: session.latitude,
				longitude: session.longitude,
				radius_m: session.radiusM,
				meeting_link: session.meetingLink,
				guests: session.guests,
				starts_at: time.startsAt,
				ends_at: time.endsAt,
				facilitator_id: free[0]?.personId ?? null,
				learning_hours: module === null ? 0 : (session.learningHours ?? sessionHours(session.minutes, true)),
				changed_by: actor.name,
				changed_at: now
			})
			.execute();
		await letTeach(
			tx,
			agencyId,
			sessionId,
			free.map(({ personId, kind }) => ({ personId, kind: facilitatorKind(kind) }))
		);
	}
	return { classId, sessions: plan.sessions.length, ...left };
}

async function writeRules(tx: Tx, agencyId: string, classId: string, plan: ClassPlan): Promise<void> {
	if (plan.prerequisites.length > 0)
		await tx
			.insertInto('classes.prerequisite')
			.values(
				plan.prerequisites.map((program_id) => ({ agency_id: agencyId, class_id: classId, program_id }))
			)
			.execute();
	if (plan.quotas.length > 0)
		await tx
			.insertInto('classes.quota')
			.values(
				plan.quotas.map(({ unitId, postKind, most }) => ({
					agency_id: agencyId,
					id: newId(),
					class_id: classId,
					unit_id: unitId,
					post_kind: postKind,
					most
				}))
			)
			.execute();
}

/** Holidays by day, with what they are called. Two years are enough: no class is longer. */
export async function holidaysFrom(db: Db, agencyId: string, from: string): Promise<Map<string, string>> {
	const rows = await sql<{ on: string; name: string }>`
		select to_char(on_day, 'YYYY-MM-DD') as on, string_agg(name, ', ' order by name) as name from classes.holiday
		where agency_id = ${agencyId} and on_day between ${from}::date and ${addDays(from, 730)}::date group by on_day`.execute(
		db
	);
	return new Map(rows.rows.map(({ on, name }) => [on, name]));
}

export async function modulesOf(db: Db, agencyId: string, versionId: string) {
	const rows = await db
		.selectFrom('programs.module')
		.select(['id', 'name', 'learning_hours'])
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.orderBy('sort')
		.execute();
	return rows.map(({ id, name, learning_hours }) => ({ id, name, learningHours: Number(learning_hours) }));
}

type Time = { startsAt: Date; endsAt: Date };

/** The session's own room where it is free; for any room the smallest free one that holds the class. */
async function roomOf(
	tx: Tx,
	agencyId: string,
	session: PlannedSession,
	seats: number,
	time: Time,
	zone: string
): Promise<string | null> {
	if (session.roomId !== null) {
		if (await freeRoom(tx, agencyId, session.roomId, time, zone)) return session.roomId;
		if (!session.anyRoom) return null;
	}
	if (!session.anyRoom) return null;
	const rooms = await sql<{ id: string }>`
		select r.id from classes.room r where r.agency_id = ${agencyId} and r.active and r.seats >= ${seats}
			and not exists (select from classes.session s where s.agency_id = r.agency_id and s.room_id = r.id and s.cancelled_at is null
				and s.mode <> 'self_paced' and tstzrange(s.starts_at, s.ends_at) && tstzrange(${time.startsAt}, ${time.endsAt}))
		order by r.seats, r.code limit 5`.execute(tx);
	for (const { id } of rooms.rows) if (await freeRoom(tx, agencyId, id, time, zone)) return id;
	return null;
}

async function freeRoom(
	tx: Tx,
	agencyId: string,
	roomId: string,
	time: Time,
	zone: string
): Promise<boolean> {
	const open = await sql<{ id: string }>`
		select r.id from classes.room r where r.agency_id = ${agencyId} and r.id = ${roomId} and r.active
			and not exists (select from classes.room_closure c where c.agency_id = r.agency_id and c.room_id = r.id
				and c.starts_on <= (${time.endsAt}::timestamptz at time zone ${zone} - interval '1 microsecond')::date
				and c.ends_on >= (${time.startsAt}::timestamptz at time zone ${zone})::date)
		for share of r`.execute(tx);
	return open.rows.length > 0 && (await roomTakenAt(tx, agencyId, roomId, time, null, zone)) === undefined;
}

async function freeTeachers(
	tx: Tx,
	agencyId: string,
	session: PlannedSession,
	time: Time,
	classId: string,
	zone: string
) {
	if (session.mode === 'self_paced') return session.teachers;
	const people = session.teachers.map(({ personId }) => personId);
	const busy = await engagedAt(tx, agencyId, people, time, { id: null, classId }, zone);
	return session.teachers.filter((one) => !busy.some(({ personId }) => personId === one.personId));
}
