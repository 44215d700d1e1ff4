import { sql } from 'kysely';
import { gradeWithRank, readGrade } from '#kernel/grades.ts';
import type { Db } from '#platform/db/db.ts';
import { evaluationOfClass } from '#slices/evaluation/public.server.ts';
import type { Lesson, Meeting, Participant } from '../document/lesson.ts';

type Row = Omit<Lesson, 'people' | 'reactions'> & { sessions: Meeting[] };
type PersonRow = Omit<Participant, 'rank'> & { grade: string | null };

/** Everything that papers of a class may tell; undefined when there is none. Asks nobody's permission. */
export async function lessonOf(
	db: Db,
	classId: string,
	now: Date,
	today: string
): Promise<Lesson | undefined> {
	const { rows } = await sql<Row>`
		select c.id as "classId", c.code, c.name, c.status, g.name as program, c.mode, c.place, c.starts_on as "startsOn", c.ends_on as "endsOn",
			c.seats, c.attendance_percent as "attendancePercent", a.name as agency, a.city,
			coalesce((select jsonb_agg(o.statement order by o.sort) from programs.outcome o
				where o.agency_id = c.agency_id and o.version_id = c.version_id), '[]') as outcomes,
			coalesce((select jsonb_agg(jsonb_build_object('name', m.name, 'hours', m.learning_hours) order by m.sort) from programs.module m
				where m.agency_id = c.agency_id and m.version_id = c.version_id), '[]') as modules,
			(select jsonb_build_object('title', p.title, 'year', p.year, 'cost', l.cost, 'decree', p.decree_number)
				from plans.line l join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
				where l.agency_id = c.agency_id and l.id = c.plan_line_id) as plan,
			coalesce((select jsonb_agg(jsonb_build_object('topic', s.topic, 'module', m.name, 'place', coalesce(nullif(s.place, ''), c.place),
					'on', (s.starts_at at time zone a.time_zone)::date, 'from', to_char(s.starts_at at time zone a.time_zone, 'HH24.MI'),
					'to', to_char(s.ends_at at time zone a.time_zone, 'HH24.MI'), 'hours', s.learning_hours,
					'facilitators', concat_ws('; ', (select string_agg(coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, ''), '; ' order by t.sort)
						from classes.session_facilitator t join people.person p on p.agency_id = t.agency_id and p.id = t.person_id
						where t.agency_id = s.agency_id and t.session_id = s.id and t.cancelled_at is null), nullif(s.guests, '')),
					'held', exists (select from classes.attendance x where x.agency_id = s.agency_id and x.session_id = s.id)) order by s.starts_at, s.sort)
				from classes.session s
				left join programs.module m on m.agency_id = s.agency_id and m.id = s.module_id
				where s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null), '[]') as sessions,
			coalesce((select jsonb_agg(jsonb_build_object('kind', k.kind, 'description', k.description, 'planned', k.planned_amount,
					'realised', k.realised_amount) order by k.kind, k.planned_at, k.id)
				from papers.cost k where k.agency_id = c.agency_id and k.class_id = c.id), '[]') as costs
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const row = rows[0];
	if (!row) return undefined;
	const evaluation = await evaluationOfClass(db, classId, now, today);
	return {
		...row,
		people: await participantsOf(db, classId),
		reactions: {
			seated: evaluation?.seated ?? 0,
			given: evaluation?.given ?? 0,
			mean: evaluation?.reaction ?? null
		}
	};
}

/** Who has a seat, by unit as the tree orders them and by name; whoever left the office since is not among them. */
async function participantsOf(db: Db, classId: string): Promise<Participant[]> {
	const { rows } = await sql<PersonRow>`
		with held as materialized (
			select s.agency_id, s.id from classes.session s
			where s.agency_id = platform.current_agency() and s.class_id = ${classId} and s.cancelled_at is null
				and exists (select from classes.attendance x where x.agency_id = s.agency_id and x.session_id = s.id)
		), there as materialized (
			select x.person_id, count(*)::int as sessions from held h
			join classes.attendance x on x.agency_id = h.agency_id and x.session_id = h.id and x.status in ('present', 'late')
			group by x.person_id
		)
		select s.person_id as "personId", coalesce(s.front_title || ' ', '') || s.name || coalesce(', ' || s.back_title, '') as name, s.nip, s.grade,
			s.post_title as post, s.unit_id as "unitId", s.unit_name as unit, coalesce(nullif(u.head_title, ''), 'Kepala ' || s.unit_name) as "unitHead",
			r.status, coalesce(t.sessions, 0) as there, (select count(*)::int from held) as held
		from classes.registration r
		join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
		left join there t on t.person_id = r.person_id
		where r.agency_id = platform.current_agency() and r.class_id = ${classId} and r.status in ('enrolled', 'passed', 'failed')
		order by s.unit_path, s.name_folded, s.person_id`.execute(db);
	return rows.map(({ grade, ...person }) => {
		const read = readGrade(grade ?? '');
		return { ...person, rank: read === null ? null : gradeWithRank(read) };
	});
}
