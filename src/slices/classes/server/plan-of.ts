import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import type { ClassPlan, PlannedSession } from '../class-plan.ts';
import { approvalOf, facilitatorKind, postKind, type FacilitatorKind } from '../model.ts';

type Head = Omit<ClassPlan, 'approval' | 'sessions' | 'quotas'> & {
	approval: string;
	programId: string | null;
	quotas: { unitId: string | null; postKind: string | null; most: number }[];
};
type Session = Omit<PlannedSession, 'facilitators'> & { facilitators: string[] };

const planFrom = ({ programId, ...head }: Head, sessions: readonly Session[]) => ({
	programId,
	plan: {
		...head,
		approval: approvalOf(head.approval),
		quotas: head.quotas.map((quota) => ({
			...quota,
			postKind: quota.postKind === null ? null : postKind(quota.postKind)
		})),
		sessions: sessions.map((session) => ({
			...session,
			facilitators: session.facilitators.map((kind): FacilitatorKind => facilitatorKind(kind))
		}))
	} satisfies ClassPlan
});

/** A class as a plan for another: seats, rules, sessions that were not called off, and who teaches and still works here. */
export async function planOfClass(
	db: Db,
	agencyId: string,
	classId: string
): Promise<{ plan: ClassPlan; programId: string | null }> {
	const head = await sql<Head>`
		select v.program_id as "programId", c.mode, c.seats, c.place, c.abroad, c.attendance_percent as "attendancePercent", c.approval,
			case when c.asks_until <= c.starts_on then c.starts_on - c.asks_until end as "asksDays", c.answer_hours as "answerHours",
			array(select q.program_id from classes.prerequisite q where q.agency_id = c.agency_id and q.class_id = c.id) as prerequisites,
			coalesce((select jsonb_agg(jsonb_build_object('unitId', q.unit_id, 'postKind', q.post_kind, 'most', q.most) order by q.id)
				from classes.quota q left join people.unit u on u.agency_id = q.agency_id and u.id = q.unit_id
				where q.agency_id = c.agency_id and q.class_id = c.id and u.valid_to is null), '[]') as quotas
		from classes.class c join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		where c.agency_id = ${agencyId} and c.id = ${classId}`.execute(db);
	const sessions = await sql<Session>`
		select ((s.starts_at at time zone a.time_zone)::date - min((s.starts_at at time zone a.time_zone)::date) over ()) + 1 as day,
			extract(isodow from s.starts_at at time zone a.time_zone) > 5 as weekend,
			to_char(s.starts_at at time zone a.time_zone, 'HH24:MI') as "from", (extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
			s.topic, s.module_id is not null as teaches, m.name as module, s.mode, s.place, s.room_id as "roomId", false as "anyRoom",
			s.latitude, s.longitude, s.radius_m as "radiusM", s.meeting_link as "meetingLink", s.guests, s.learning_hours as "learningHours",
			coalesce((select jsonb_agg(jsonb_build_object('personId', f.person_id, 'kind', f.kind) order by f.sort)
				from classes.session_facilitator f join people.person p on p.agency_id = f.agency_id and p.id = f.person_id and p.active
				where f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null), '[]') as teachers,
			'{}'::text[] as facilitators
		from classes.session s join platform.agency a on a.agency_id = s.agency_id
		left join programs.module m on m.agency_id = s.agency_id and m.id = s.module_id
		where s.agency_id = ${agencyId} and s.class_id = ${classId} and s.cancelled_at is null
		order by s.starts_at, s.sort`.execute(db);
	const [row] = head.rows;
	if (!row) throw missing();
	return planFrom(row, sessions.rows);
}

/** What a template says; nobody teaches it yet. Refuses: missing. */
export async function planOfTemplate(
	db: Db,
	agencyId: string,
	templateId: string
): Promise<{ plan: ClassPlan; programId: string | null }> {
	const head = await sql<Head>`
		select t.program_id as "programId", t.mode, t.seats, t.place, false as abroad, t.attendance_percent as "attendancePercent", t.approval,
			t.asks_days as "asksDays", t.answer_hours as "answerHours",
			array(select q.program_id from classes.template_prerequisite q where q.agency_id = t.agency_id and q.template_id = t.id) as prerequisites,
			coalesce((select jsonb_agg(jsonb_build_object('unitId', q.unit_id, 'postKind', q.post_kind, 'most', q.most) order by q.sort)
				from classes.template_quota q where q.agency_id = t.agency_id and q.template_id = t.id), '[]') as quotas
		from classes.template t where t.agency_id = ${agencyId} and t.id = ${templateId}`.execute(db);
	const sessions = await sql<Session>`
		select s.day::int as day, s.weekend, to_char(s.from_time, 'HH24:MI') as "from", s.minutes::int as minutes, s.topic, s.teaches, s.module, s.mode, s.place,
			s.room_id as "roomId", s.any_room as "anyRoom", null as latitude, null as longitude, null as "radiusM", null as "meetingLink",
			'' as guests, null as "learningHours", '[]'::jsonb as teachers, s.facilitators
		from classes.template_session s where s.agency_id = ${agencyId} and s.template_id = ${templateId}
		order by s.day, s.from_time, s.sort`.execute(db);
	const [row] = head.rows;
	if (!row) throw missing();
	return planFrom(row, sessions.rows);
}
