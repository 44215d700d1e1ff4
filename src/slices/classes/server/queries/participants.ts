import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canDecide, canManage, canWithdraw, type Taking } from '../../access.ts';
import {
	registrationStatus,
	REGISTRATION_NEXT,
	TAKES_PEOPLE,
	type ClassStatus,
	type RegistrationStatus
} from '../../model.ts';
import { seesEveryParticipant, visibleParticipant } from '../visible.ts';
import { coverageOfSeats } from './seat-coverage.ts';

export type ParticipantFilter = {
	status: RegistrationStatus | null;
	sort: 'name' | 'unit' | 'there';
	descending: boolean;
};

type Row = {
	id: string;
	person_id: string;
	status: string;
	name: string;
	unit: string | null;
	unit_path: string | null;
	supervisor_id: string | null;
	post: string | null;
	there: number;
	no_show: boolean;
	replaces: string | null;
	total: number;
};

const ORDER = {
	name: null,
	unit: sql`s.unit_name`,
	there: sql`a.there`
};

/**
 * A page of the people of a class whom the actor may see, with the sessions they were there for. One statement; posts
 * and units are looked up for the rows of the page only, unless the order or the actor's reach asks for all of them.
 */
export async function participantsOfClass(
	db: Db,
	actor: Actor,
	it: { id: string; status: ClassStatus; teaching: boolean },
	filter: ParticipantFilter,
	slice: { limit: number; offset: number }
) {
	const staff = sql`left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id`;
	const attendance = sql`cross join lateral (
			select count(*)::int as there
			from classes.session e
			join classes.attendance x on x.agency_id = e.agency_id and x.session_id = e.id and x.person_id = r.person_id
				and x.status in ('present', 'late')
			where e.agency_id = ${actor.agencyId} and e.class_id = ${it.id} and e.cancelled_at is null
		) a`;
	const asksStaff = filter.sort === 'unit' || !seesEveryParticipant(actor, it.teaching);
	// The same order twice: to find the rows of the page, and to hand them out. Names are put together for these alone.
	const order = (given: RawBuilder<unknown>) =>
		sql`${ORDER[filter.sort] ?? given} ${filter.descending ? sql`desc` : sql`asc`} nulls last, ${given}, r.id`;
	const rows = await sql<Row>`
		with r as materialized (
			select r.agency_id, r.id, r.person_id, r.status, r.no_show, r.replaces_id, p.front_title, p.name as given, p.back_title,
				count(*) over ()::int as total
			from classes.registration r
			join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
			${asksStaff ? staff : sql``}
			${filter.sort === 'there' ? attendance : sql``}
			where r.agency_id = ${actor.agencyId} and r.class_id = ${it.id} and ${visibleParticipant(actor, it.teaching)}
				and ${filter.status === null ? sql`r.status not in ('rejected', 'withdrawn')` : sql`r.status = ${filter.status}`}
			order by ${order(sql`p.name`)} limit ${slice.limit} offset ${slice.offset}
		)
		select r.id, r.person_id, r.status, coalesce(r.front_title || ' ', '') || r.given || coalesce(', ' || r.back_title, '') as name,
			r.total, s.unit_name as unit, s.unit_path::text as unit_path, s.supervisor_id, s.post_title as post, a.there, r.no_show,
			case when r.replaces_id is not null then (select q.name from classes.registration o join people.person q on q.agency_id = o.agency_id and q.id = o.person_id
				where o.agency_id = r.agency_id and o.id = r.replaces_id) end as replaces
		from r ${staff} ${attendance}
		order by ${order(sql`r.given`)}`.execute(db);
	const open = TAKES_PEOPLE.includes(it.status);
	const decides = (row: Row, taking: Taking) =>
		open &&
		((row.status === 'requested' && canDecide(actor, taking)) ||
			(row.status === 'approved' && canManage(actor)));
	const takingOf = (row: Row): Taking => ({
		personId: row.person_id,
		unitPath: row.unit_path,
		supervisorId: row.supervisor_id
	});
	const coverage = await coverageOfSeats(
		db,
		actor,
		rows.rows
			.filter((row) => decides(row, takingOf(row)))
			.map(({ id, person_id }) => ({ id, personId: person_id, classId: it.id }))
	);
	return {
		total: rows.rows[0]?.total ?? 0,
		participants: rows.rows.map((row) => {
			const taking = takingOf(row);
			const status = registrationStatus(row.status);
			return {
				id: row.id,
				personId: row.person_id,
				status,
				name: row.name,
				unit: row.unit,
				post: row.post,
				there: row.there,
				noShow: row.no_show,
				replaces: row.replaces,
				coverage: coverage.get(row.id) ?? [],
				can: {
					decide: decides(row, taking),
					withdraw: open && REGISTRATION_NEXT[status].includes('withdrawn') && canWithdraw(actor, taking),
					replace:
						open &&
						(status === 'enrolled' || status === 'offered') &&
						canWithdraw(actor, taking) &&
						row.person_id !== actor.personId
				}
			};
		})
	};
}

export type TeamMember = {
	person_id: string;
	name: string;
	post: string;
	unit: string;
	status: string | null;
	busy: string | null;
};

/** The actor's own team and where each of them stands in this class; `busy` names another class at that time. */
export async function teamForClass(db: Db, actor: Actor, classId: string) {
	if (actor.personId === null) return [];
	const rows = await sql<TeamMember>`
		select s.person_id, s.name, s.post_title as post, s.unit_name as unit, r.status, b.busy
		from people.staff s
		left join classes.registration r on r.agency_id = s.agency_id and r.class_id = ${classId} and r.person_id = s.person_id
		left join lateral (
			select c.code || ' ' || c.name as busy
			from classes.registration o
			join classes.class c on c.agency_id = o.agency_id and c.id = o.class_id and c.status <> 'cancelled'
			join classes.session x on x.agency_id = c.agency_id and x.class_id = c.id and x.cancelled_at is null and x.mode <> 'self_paced'
			join classes.session y on y.agency_id = o.agency_id and y.class_id = ${classId} and y.cancelled_at is null and y.mode <> 'self_paced'
				and tstzrange(x.starts_at, x.ends_at) && tstzrange(y.starts_at, y.ends_at)
			where o.agency_id = s.agency_id and o.person_id = s.person_id and o.class_id <> ${classId} and o.status in ('enrolled', 'passed', 'failed')
			limit 1
		) b on true
		where s.agency_id = ${actor.agencyId} and s.supervisor_id = ${actor.personId}
		order by s.name limit 100`.execute(db);
	return rows.rows.map((row) => ({
		...row,
		status: row.status === null ? null : registrationStatus(row.status)
	}));
}
