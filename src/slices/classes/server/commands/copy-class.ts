import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { addDays } from '#kernel/time.ts';
import { newId } from '#kernel/ids.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canManage } from '../../access.ts';
import { fitsLine } from '../../rules.ts';
import { CopyClass } from '../../schedule-input.ts';
import { daysAgain } from '../../schedule.ts';
import { lockClass, type LockedClass } from '../lock.ts';
import { engagedAt, roomTakenAt } from '../overlap.ts';
import { instants } from '../session-facts.ts';
import { nextCode, programInForce } from './write-class.ts';

/**
 * A class like an earlier one: the curriculum in force now, its sessions as far apart as they were, on working days that
 * are no holiday. Rooms and facilitators come along where they are free; where not, the place stays empty and is counted,
 * so that nothing is lost unseen. Refuses: the earlier class had no sessions, its program has no curriculum any more.
 */
export const copyClass = command(
	'classes.copy',
	CopyClass,
	async ({ tx, actor, now, permit, note }, input) => {
		const old = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		const facts = await oldFacts(tx, actor.agencyId, old.id);
		if (input.planLineId !== undefined) {
			const line = await lineFacts(tx, input.planLineId);
			if (!line) throw missing();
			fitsLine(line, facts.program_id);
		}
		const sessions = await oldSessions(tx, actor.agencyId, old);
		if (sessions.length === 0) throw refused('classes.copy.noSessions');
		const program = await programInForce(tx, actor.agencyId, facts.program_id);
		const days = daysAgain(
			[...new Set(sessions.map(({ on }) => on))].sort(),
			input.startsOn,
			await holidaysFrom(tx, actor.agencyId, input.startsOn)
		);
		const classId = newId(now.getTime());
		const dates = [...days.values()];
		await tx
			.insertInto('classes.class')
			.values({
				agency_id: actor.agencyId,
				id: classId,
				code: await nextCode(tx, actor.agencyId, program.code, Number(input.startsOn.slice(0, 4))),
				name: input.name,
				plan_line_id: input.planLineId ?? null,
				version_id: program.versionId,
				form: program.form,
				mode: facts.mode,
				status: 'planned',
				seats: old.seats,
				place: facts.place,
				starts_on: dates[0] ?? input.startsOn,
				ends_on: dates.at(-1) ?? input.startsOn,
				abroad: facts.abroad,
				attendance_percent: old.attendancePercent,
				created_by: actor.accountId,
				created_at: now,
				copied_from: old.id
			})
			.execute();
		const modules = await modulesByName(tx, actor.agencyId, program.versionId);
		const left = { rooms: 0, facilitators: 0, modules: 0 };
		for (const session of sessions) {
			const on = days.get(session.on) ?? input.startsOn;
			const time = await instants(tx, { on, from: session.from, minutes: session.minutes }, old.zone);
			const sessionId = newId(now.getTime());
			const roomId = await freeRoom(tx, actor.agencyId, session.room_id, time, old.zone);
			const free = await freeTeachers(tx, actor.agencyId, session, time, classId, old.zone);
			const moduleId = session.module === null ? null : (modules.get(session.module) ?? null);
			if (session.room_id !== null && roomId === null) left.rooms += 1;
			left.facilitators += session.teachers.length - free.length;
			if (session.module !== null && moduleId === null) left.modules += 1;
			await tx
				.insertInto('classes.session')
				.values({
					agency_id: actor.agencyId,
					id: sessionId,
					class_id: classId,
					sort: session.sort,
					topic: session.topic,
					module_id: moduleId,
					mode: session.mode,
					place: session.place,
					room_id: roomId,
					latitude: session.latitude,
					longitude: session.longitude,
					radius_m: session.radius_m,
					meeting_link: session.meeting_link,
					guests: session.guests,
					starts_at: time.startsAt,
					ends_at: time.endsAt,
					facilitator_id: free[0]?.person_id ?? null,
					learning_hours: moduleId === null ? 0 : session.learning_hours,
					changed_by: actor.name,
					changed_at: now
				})
				.execute();
			for (const [index, one] of free.entries())
				await sql`insert into classes.session_facilitator (agency_id, session_id, person_id, kind, sort)
					values (${actor.agencyId}, ${sessionId}, ${one.person_id}, ${one.kind}, ${index + 1})
					on conflict (agency_id, session_id, person_id) do update set kind = excluded.kind, sort = excluded.sort`.execute(
					tx
				);
		}
		note({ classId, copiedFrom: old.id, sessions: sessions.length });
		return { classId, sessions: sessions.length, ...left };
	},
	{ summary: 'Plans a class like an earlier one, on new dates' }
);

type OldFacts = { program_id: string; mode: string; place: string; abroad: boolean };

async function oldFacts(tx: Tx, agencyId: string, classId: string): Promise<OldFacts> {
	const rows = await sql<OldFacts>`
		select v.program_id, c.mode, c.place, c.abroad from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		where c.agency_id = ${agencyId} and c.id = ${classId}`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw missing();
	return row;
}

type OldSession = {
	sort: number;
	topic: string;
	module: string | null;
	mode: string;
	place: string;
	room_id: string | null;
	latitude: number | null;
	longitude: number | null;
	radius_m: number | null;
	meeting_link: string | null;
	guests: string;
	learning_hours: number;
	on: string;
	from: string;
	minutes: number;
	teachers: { person_id: string; kind: string }[];
};

async function oldSessions(tx: Tx, agencyId: string, { id, zone }: LockedClass): Promise<OldSession[]> {
	const rows = await sql<OldSession>`
		select s.sort, s.topic, m.name as module, s.mode, s.place, s.room_id, s.latitude, s.longitude, s.radius_m, s.meeting_link, s.guests,
			s.learning_hours, to_char(s.starts_at at time zone ${zone}, 'YYYY-MM-DD') as on, to_char(s.starts_at at time zone ${zone}, 'HH24:MI') as from,
			(extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
			coalesce((select jsonb_agg(jsonb_build_object('person_id', f.person_id, 'kind', f.kind) order by f.sort)
				from classes.session_facilitator f join people.person p on p.agency_id = f.agency_id and p.id = f.person_id and p.active
				where f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null), '[]') as teachers
		from classes.session s
		left join programs.module m on m.agency_id = s.agency_id and m.id = s.module_id
		where s.agency_id = ${agencyId} and s.class_id = ${id} and s.cancelled_at is null
		order by s.starts_at, s.sort`.execute(tx);
	return rows.rows;
}

/** Two years are enough: no class is longer. */
async function holidaysFrom(tx: Tx, agencyId: string, from: string): Promise<Set<string>> {
	const rows = await sql<{ on: string }>`
		select distinct to_char(on_day, 'YYYY-MM-DD') as on from classes.holiday
		where agency_id = ${agencyId} and on_day between ${from}::date and ${addDays(from, 730)}::date`.execute(tx);
	return new Set(rows.rows.map(({ on }) => on));
}

async function modulesByName(tx: Tx, agencyId: string, versionId: string): Promise<Map<string, string>> {
	const rows = await tx
		.selectFrom('programs.module')
		.select(['id', 'name'])
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.execute();
	return new Map(rows.map(({ id, name }) => [name, id]));
}

type Time = { startsAt: Date; endsAt: Date };

async function freeRoom(tx: Tx, agencyId: string, roomId: string | null, time: Time, zone: string) {
	if (roomId === null) return null;
	const open = await sql<{ id: string }>`
		select r.id from classes.room r where r.agency_id = ${agencyId} and r.id = ${roomId} and r.active
			and not exists (select from classes.room_closure c where c.agency_id = r.agency_id and c.room_id = r.id
				and c.starts_on <= (${time.endsAt}::timestamptz at time zone ${zone} - interval '1 microsecond')::date
				and c.ends_on >= (${time.startsAt}::timestamptz at time zone ${zone})::date)
		for share of r`.execute(tx);
	if (open.rows.length === 0) return null;
	return (await roomTakenAt(tx, agencyId, roomId, time, null, zone)) === undefined ? roomId : null;
}

async function freeTeachers(
	tx: Tx,
	agencyId: string,
	session: OldSession,
	time: Time,
	classId: string,
	zone: string
) {
	if (session.mode === 'self_paced') return session.teachers;
	const people = session.teachers.map((one) => one.person_id);
	const busy = await engagedAt(tx, agencyId, people, time, { id: null, classId }, zone);
	return session.teachers.filter((one) => !busy.some(({ personId }) => personId === one.person_id));
}
