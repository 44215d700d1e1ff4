import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { fullNameOf } from './as-of.ts';

/** One thing of a career; what is said of it is the screen's. */
export type CareerLine = {
	kind:
		| 'post'
		| 'plt'
		| 'plh'
		| 'additional'
		| 'grade'
		| 'employment'
		| 'supervisor'
		| 'role'
		| 'arrive'
		| 'leave'
		| 'education'
		| 'performance';
	from: string;
	/** First day on which it no longer holds; null while it does, or where it has no end. */
	to: string | null;
	text: string;
	unitId: string | null;
	unitName: string | null;
	unitPath: string | null;
	note: string | null;
	/** The day is when a file first said so, not when it began. */
	seen: boolean;
	/** Of what only the year is known, or what is of a year: that year. */
	year: number | null;
};

/**
 * A person's career by date, newest first: every way of holding a post, the unit's name as it was then, grades, kinds of
 * employment, exceptions of who supervises, roles, coming and leaving, schooling, and (for whoever may see them) predicates
 * of performance. What was learnt since stands in a room to the right; the page adds it.
 */
export async function careerOf(
	db: Db,
	personId: string,
	{ performance = false }: { performance?: boolean } = {}
): Promise<CareerLine[]> {
	const whose = sql`agency_id = (select platform.current_agency()) and`;
	const nameThen = (day: string) => sql`coalesce((select w.name from people.unit_version w
		where w.agency_id = u.agency_id and w.unit_id = u.id and w.valid_from <= ${sql.ref(day)} order by w.valid_from desc limit 1), u.name)`;
	const { rows } = await sql<CareerLine>`
		select 'post' as kind, j.valid_from as "from", j.valid_to as "to", j.title as text, u.id as "unitId", ${nameThen('j.valid_from')} as "unitName",
			u.path::text as "unitPath", null as note, false as seen, null::int as year
		from people.posting j join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
		where j.${whose} j.person_id = ${personId}
		union all
		select a.holding, a.valid_from, a.valid_to, a.title, u.id, ${nameThen('a.valid_from')}, u.path::text, a.order_number, false, null
		from people.assignment a join people.unit u on u.agency_id = a.agency_id and u.id = a.unit_id
		where a.${whose} a.person_id = ${personId}
		union all
		select 'grade', s.valid_from, null, s.grade, null, null, null, nullif(s.reason, ''), s.seen, null
		from people.standing s where s.${whose} s.person_id = ${personId} and s.grade is not null
		union all
		select 'employment', s.valid_from, null, s.employment_kind, null, null, null, nullif(s.reason, ''), s.seen, null
		from people.standing s where s.${whose} s.person_id = ${personId} and s.employment_kind is not null
		union all
		select 'supervisor', e.valid_from, e.valid_to, ${fullNameOf('v')}, null, null, null, e.reason, false, null
		from people.supervisor_exception e join people.person v on v.agency_id = e.agency_id and v.id = e.supervisor_id
		where e.${whose} e.person_id = ${personId}
		union all
		select 'role', g.valid_from, g.valid_to, g.role, u.id, u.name, u.path::text, nullif(g.reason, ''), false, null
		from people.role_grant g join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		where g.${whose} g.person_id = ${personId}
		union all
		select m.kind, m.effective_on, null, m.reason, null, null, null, m.order_number, false, null
		from people.movement m where m.${whose} m.person_id = ${personId} and m.status = 'done' and m.kind <> 'move'
		union all
		select 'education', make_date(d.graduated, 7, 1), null, case when d.study ~* '^[sd]-?([1-4]|i{1,3}|iv)\\M' then d.study else concat_ws(' ', d.level, nullif(d.study, '')) end, null, null, null, null, false, d.graduated
		from people.education d where d.${whose} d.person_id = ${personId} and d.graduated is not null
		union all
		select 'performance', make_date(r.year, 12, 31), null, r.predicate::text, null, null, null, null, false, r.year
		from people.performance_rating r where ${performance} and r.${whose} r.person_id = ${personId} and r.period = 'year'
		order by 2 desc, 1`.execute(db);
	return rows;
}

export type PersonOrder = {
	id: string;
	kind: string;
	on: string;
	unitName: string | null;
	title: string | null;
	reason: string;
	status: string;
	failure: string | null;
};

/** Movements of a person that wait for their day, or that something stood against. */
export async function personOrders(db: Db, personId: string): Promise<PersonOrder[]> {
	const { rows } = await sql<PersonOrder>`
		select m.id, m.kind, m.effective_on as on, u.name as "unitName", m.title, m.reason, m.status, m.failure
		from people.movement m left join people.unit u on u.agency_id = m.agency_id and u.id = m.to_unit_id
		where m.agency_id = (select platform.current_agency()) and m.person_id = ${personId} and m.status in ('planned', 'failed')
		order by m.effective_on, m.id`.execute(db);
	return rows;
}

export type Exception = { id: string; name: string; from: string; to: string | null; reason: string };

/** Exceptions of who supervises a person that hold or are to come. */
export async function personExceptions(db: Db, personId: string, today: string): Promise<Exception[]> {
	const { rows } = await sql<Exception>`
		select e.id, ${fullNameOf('v')} as name, e.valid_from as "from", e.valid_to as "to", e.reason
		from people.supervisor_exception e join people.person v on v.agency_id = e.agency_id and v.id = e.supervisor_id
		where e.agency_id = (select platform.current_agency()) and e.person_id = ${personId} and (e.valid_to is null or e.valid_to > ${today}::date)
		order by e.valid_from`.execute(db);
	return rows;
}

export type StateOn = {
	title: string | null;
	unitId: string | null;
	unitName: string | null;
	grade: string | null;
	employmentKind: string | null;
};

/** Post, unit, grade and kind of employment on a day; null for what was not recorded yet. */
export async function stateOn(db: Db, personId: string, day: string): Promise<StateOn> {
	const latest = (
		column: 'grade' | 'employment_kind'
	) => sql`(select s.${sql.ref(column)} from people.standing s
		where s.agency_id = p.agency_id and s.person_id = p.id and s.valid_from <= ${day}::date and s.${sql.ref(column)} is not null
		order by s.valid_from desc limit 1)`;
	const { rows } = await sql<StateOn>`
		select j.title, u.id as "unitId",
			coalesce((select w.name from people.unit_version w where w.agency_id = u.agency_id and w.unit_id = u.id
				order by (w.valid_from <= ${day}::date) desc, case when w.valid_from <= ${day}::date then w.valid_from end desc, w.valid_from limit 1), u.name) as "unitName",
			${latest('grade')} as grade, ${latest('employment_kind')} as "employmentKind"
		from people.person p
		left join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id
			and j.valid_from <= ${day}::date and (j.valid_to is null or j.valid_to > ${day}::date)
		left join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId}`.execute(db);
	return rows[0] ?? { title: null, unitId: null, unitName: null, grade: null, employmentKind: null };
}

export type Held = {
	id: string;
	holding: string;
	title: string;
	unitName: string;
	from: string;
	to: string | null;
};

/** Acting and additional posts of a person that hold or are to come. */
export async function personAssignments(db: Db, personId: string, today: string): Promise<Held[]> {
	const { rows } = await sql<Held>`
		select a.id, a.holding, a.title, u.name as "unitName", a.valid_from as "from", a.valid_to as "to"
		from people.assignment a join people.unit u on u.agency_id = a.agency_id and u.id = a.unit_id
		where a.agency_id = (select platform.current_agency()) and a.person_id = ${personId} and (a.valid_to is null or a.valid_to > ${today}::date)
		order by a.valid_from`.execute(db);
	return rows;
}
