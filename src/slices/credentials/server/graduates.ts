import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { HoursAmongDays } from '../jp-day-cap.ts';
import { isFor } from '#slices/classes/public.server.ts';
import { UNDER_CAP } from './under-cap.ts';

export type Graduate = {
	personId: string;
	name: string;
	front: string | null;
	back: string | null;
	nip: string | null;
	post: string;
	unit: string;
	/** JP of the sessions that were for them, for everybody or for their own pair, and the days of those. */
	hours: number;
	days: number;
	/** Days of the sessions they were at, oldest first. */
	sessionDates: string[];
	/** Days of sessions of the same form that count already. */
	countedBefore: string[];
	/** Other records of the same form that count, on whatever days. */
	countedBeside: HoursAmongDays[];
	/** Title of another entry that took the same hours; null when there is none. */
	twin: string | null;
};

/** What is printed and reckoned of these people of a class, by name; one statement. Who they are, standings.ts says. */
export async function graduatesOf(
	db: Db,
	classId: string,
	personIds: readonly string[]
): Promise<Graduate[]> {
	const rows = await sql<Graduate>`
		with class as (
			select c.agency_id, c.id, c.form, a.time_zone from classes.class c
			join platform.agency a on a.agency_id = c.agency_id
			where c.agency_id = platform.current_agency() and c.id = ${classId}
		), graduate as (
			select r.agency_id, r.person_id from class c
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.person_id = any(${[...personIds]}::uuid[])
		), own as (
			select g.person_id, sum(s.learning_hours) as hours, count(distinct (s.starts_at at time zone c.time_zone)::date)::int as days
			from class c
			join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
			join graduate g on ${isFor('g')}
			group by g.person_id
		), attended as (
			select t.person_id, array_agg((s.starts_at at time zone c.time_zone)::date order by s.starts_at) as dates,
				range_agg(tstzrange(s.starts_at, s.ends_at)) as hours
			from class c
			join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null
			join classes.attendance t on t.agency_id = s.agency_id and t.session_id = s.id and t.status in ('present', 'late')
			join graduate g on g.person_id = t.person_id
			group by t.person_id
		), before as (
			select e.person_id, array_agg(d.dates) filter (where d.dates is not null) as dates
			from class c
			join credentials.jp_entry e on e.agency_id = c.agency_id and e.form = c.form and e.status = 'counted'
			join graduate g on g.person_id = e.person_id
			cross join lateral (
				select (lower(stretch) at time zone c.time_zone)::date as dates from credentials.jp_time t, unnest(t.during) as stretch
				where e.class_id is not null and t.agency_id = e.agency_id and t.entry_id = e.id
				union all
				-- Learning elsewhere names how often, and the month.
				select e.starts_on from generate_series(1, coalesce(e.amount, 1)::int) where e.class_id is null
			) d
			group by e.person_id
		), beside as (
			select e.person_id, jsonb_agg(jsonb_build_object('startsOn', e.starts_on, 'endsOn', e.ends_on, 'hours', ${UNDER_CAP})) as entries
			from class c
			join credentials.jp_entry e on e.agency_id = c.agency_id and e.form = c.form and e.status = 'counted'
			join graduate g on g.person_id = e.person_id
			group by e.person_id
		)
		select g.person_id as "personId", p.name, p.front_title as front, p.back_title as back, p.nip,
			coalesce(j.title, '–') as post, coalesce(u.name, '–') as unit,
			coalesce(o.hours, 0) as hours, coalesce(o.days, 0) as days, coalesce(a.dates::text[], '{}') as "sessionDates", coalesce(b.dates::text[], '{}') as "countedBefore",
			coalesce(k.entries, '[]') as "countedBeside",
			(select e.title from credentials.jp_time t
				join credentials.jp_entry e on e.agency_id = t.agency_id and e.id = t.entry_id
				where t.agency_id = g.agency_id and t.person_id = g.person_id and t.during && a.hours limit 1) as twin
		from graduate g
		join people.person p on p.agency_id = g.agency_id and p.id = g.person_id
		left join people.posting j on j.agency_id = g.agency_id and j.person_id = g.person_id and j.valid_to is null
		left join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
		left join own o on o.person_id = g.person_id
		left join attended a on a.person_id = g.person_id
		left join before b on b.person_id = g.person_id
		left join beside k on k.person_id = g.person_id
		order by p.name, g.person_id`.execute(db);
	return rows.rows;
}

export type ClassForCertificate = {
	code: string;
	name: string;
	status: string;
	form: string;
	abroad: boolean;
	place: string;
	startsOn: string;
	endsOn: string;
	program: string;
	programCode: string;
	agencyName: string;
	agencyCode: string;
	city: string;
	modules: { title: string; hours: number }[];
	signatory: {
		name: string;
		front: string | null;
		back: string | null;
		nip: string | null;
		grade: string | null;
		post: string;
		office: string;
		acting: string | null;
	} | null;
};

/**
 * What all certificates of a class have in common. The signatory is whoever leads the HR agency on that day; when
 * somebody stands in for them (Plt., Plh.), it is that person, in the name of the same post.
 */
export async function classForCertificate(
	db: Db,
	classId: string,
	today: string
): Promise<ClassForCertificate | undefined> {
	const rows = await sql<ClassForCertificate>`
		select c.code, c.name, c.status, c.form, c.abroad, c.place, c.starts_on as "startsOn", c.ends_on as "endsOn",
			g.name as program, g.code as "programCode", a.name as "agencyName", a.code as "agencyCode", a.city,
			m.modules, s.signatory
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program g on g.agency_id = v.agency_id and g.id = v.program_id
		cross join lateral (
			select coalesce(jsonb_agg(jsonb_build_object('title', name, 'hours', learning_hours) order by sort), '[]') as modules
			from programs.module where agency_id = c.agency_id and version_id = c.version_id) m
		left join lateral (
			select jsonb_build_object('name', p.name, 'front', p.front_title, 'back', p.back_title, 'nip', p.nip, 'grade', p.grade,
				'post', j.title, 'office', u.name, 'acting', case when p.id <> r.person_id then initcap(u.acting_kind) || '.' end) as signatory
			from people.role_grant r
			join people.posting j on j.agency_id = r.agency_id and j.person_id = r.person_id and j.valid_to is null
			join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
			join people.person p on p.agency_id = r.agency_id
				and p.id = case when u.acting_kind in ('plt', 'plh') then u.acting_person_id else r.person_id end
			where r.agency_id = c.agency_id and r.role = 'agencyHead' and r.valid_from <= ${today}::date
				and (r.valid_to is null or r.valid_to > ${today}::date)
			order by r.valid_from desc limit 1) s on true
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	return rows.rows[0];
}
