import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { adjoining } from '#slices/people/public.server.ts';
import { coverageOf, type Span } from '../../coverage.ts';
import { distancesOn, type Distance } from '../../cohorts/distance.ts';
import type { Assignment, Mixing, Nominee, Problem, ShareLimit, Wish } from '../../cohorts/problem.ts';
import { MIXINGS } from '../../cohorts/problem.ts';
import { withFreeSlots } from '../../cohorts/free-slots.ts';
import { postsOf, type Post } from '../../cohorts/posts.ts';
import { cohortsWanting, slotId, type Wanting } from '../../cohorts/slots.ts';
import { classStatus, TAKES_SEAT, type ClassStatus } from '../../model.ts';
import { candidatesOf, type Candidates } from './load-places.ts';
import { awayOn, countersOn, staffingOf, unitsNeeding, type Staffing } from './staffing.ts';

export type SplitClass = {
	id: string;
	code: string;
	name: string;
	status: ClassStatus;
	seats: number;
	/** Seats held or waited for by people who are not nominated here. */
	others: number;
	startsOn: string;
	endsOn: string;
	place: string;
	/** Where somebody said that it meets. */
	placeUnitId: string | null;
	placeUnit: string | null;
	/** The room that it has already, and whose that is. */
	ownRoom: string | null;
	roomUnitId: string | null;
	/** What it gets when the split is applied, so far. */
	roomId: string | null;
	room: string | null;
	roomByHand: boolean;
	facilitatorId: string | null;
	facilitator: string | null;
	facilitatorByHand: boolean;
	spans: readonly Span[];
};

export type SplitPerson = {
	id: string;
	name: string;
	post: string;
	unitId: string;
	unit: string;
	gap: number;
	neverSent: boolean;
	classId: string | null;
	byHand: boolean;
	/** Has a seat in one of these classes already. */
	seatedIn: string | null;
};

export type LoadedSplit = {
	classes: readonly SplitClass[];
	people: readonly SplitPerson[];
	staffing: readonly Staffing[];
	/** Nominated people who left the office since: they get no place. */
	left: number;
	candidates: Candidates;
	/** `class person`: whoever teaches there would be missed at their own counter. */
	missed: ReadonlySet<string>;
	/** Steps from a unit to a place; null when nobody knows where one of them lies. */
	apart: (unitId: string, placeId: string | null) => Distance | null;
	problem: Problem;
};

const mixing = (text: string): Mixing => MIXINGS.find((one) => one === text) ?? 'free';

/**
 * A split as the solver sees it, with today's seats, leave, duty and other classes. Whoever was put somewhere by hand, or
 * has a seat in one of the classes already, is fixed there.
 */
export async function loadSplit(db: Db, splitId: string): Promise<LoadedSplit> {
	const classes = await classesOf(db, splitId);
	const { people, left, wishes } = await peopleOf(db, splitId, classes);
	const ids = people.map(({ id }) => id);
	const days = [...new Set(classes.flatMap(({ spans }) => spans.map(({ day }) => day)))].sort();
	const candidates = await candidatesOf(db, splitId);
	const teachers = candidates.facilitators.map(({ id }) => id);
	const staffing = await staffingOf(db, await unitsNeeding(db, [...new Set([...ids, ...teachers])]));
	const everybody = [
		...new Set([...ids, ...teachers, ...staffing.flatMap(({ staff }) => staff.map((it) => it.personId))])
	];
	const away = await awayOn(db, everybody, days, { classIds: classes.map(({ id }) => id), personIds: ids });
	const awayBy = Map.groupBy(away, ({ personId }) => personId);
	const districts = await districtsOf(db, [
		...new Set([
			...people.map(({ unitId }) => unitId),
			...classes.flatMap((it) => meetsAt(it) ?? []),
			...candidates.rooms.flatMap(({ unitId }) => unitId ?? [])
		])
	]);
	const apart = distancesOn(districts, districts.size === 0 ? [] : await adjoining(db));
	const split = await db
		.selectFrom('classes.split')
		.select('mixing')
		.where('id', '=', splitId)
		.executeTakeFirstOrThrow();
	const sessions = classes.flatMap(({ spans }) => spans);
	const counters = countersOn(staffing, days, away, sessions);
	const post = postsOf(coverageOf(counters, away));
	const missed = new Set(
		classes.flatMap(({ id, spans }) =>
			candidates.facilitators
				.filter((one) => one.classId === id && post(one.id, spans) === 'needed')
				.map((one) => `${id} ${one.id}`)
		)
	);
	const cohorts = cohortsWanting(classes.map((one) => wanting(one, candidates, districts, post)));
	const fixed = people.flatMap(({ id, seatedIn, classId, byHand }) =>
		seatedIn !== null ? [[id, seatedIn]] : byHand && classId !== null ? [[id, classId]] : []
	);
	return {
		classes,
		people,
		staffing,
		left,
		candidates,
		missed,
		apart,
		problem: {
			people: people.map((one): Nominee => ({
				id: one.id,
				unitId: one.unitId,
				gap: one.gap,
				neverSent: one.neverSent,
				away: awayBy.get(one.id) ?? [],
				wishes: wishes.get(one.id) ?? {}
			})),
			cohorts,
			counters,
			away,
			mixing: mixing(split.mixing),
			shares: await sharesOf(db, classes, people),
			fixed: Object.fromEntries(fixed),
			distance: (unitId, placeId) => apart(unitId, placeId) ?? 0
		}
	};
}

/** Where a class meets before the split gives it a room. */
const meetsAt = ({ placeUnitId, roomUnitId }: SplitClass): string | null => placeUnitId ?? roomUnitId;

function wanting(
	one: SplitClass,
	candidates: Candidates,
	districts: ReadonlyMap<string, string>,
	post: Post
): Wanting {
	const rooms = candidates.rooms.filter(({ classId }) => classId === one.id);
	const facilitators = candidates.facilitators
		.filter(({ classId }) => classId === one.id)
		.map(({ id }) => ({ id, at: post(id, one.spans) }))
		.filter(({ id, at }) => at !== 'needed' || (one.facilitatorByHand && id === one.facilitatorId));
	return {
		id: one.id,
		seats: Math.max(0, one.seats - one.others),
		spans: one.spans,
		placeId: meetsAt(one),
		rooms: candidates.roomless.has(one.id)
			? rooms.map(({ id, unitId }) => ({
					id,
					placeId: unitId,
					// Where the class was said to meet, its rooms are all the same to whoever comes.
					zone: meetsAt(one) === null && unitId !== null ? (districts.get(unitId) ?? '') : ''
				}))
			: null,
		facilitators: candidates.unled.has(one.id)
			? // Whoever was given before stays among those offered.
				facilitators.map(({ id, at }) => ({ id, atCounter: at !== 'none' && id !== one.facilitatorId }))
			: null,
		roomId: one.roomByHand ? one.roomId : null,
		facilitatorId: one.facilitatorByHand ? one.facilitatorId : null
	};
}

async function classesOf(db: Db, splitId: string): Promise<SplitClass[]> {
	const { rows } = await sql<Omit<SplitClass, 'status' | 'spans'> & { status: string; spans: Span[] | null }>`
		select c.id, c.code, c.name, c.status, c.seats, c.starts_on as "startsOn", c.ends_on as "endsOn", c.place,
			k.place_unit_id as "placeUnitId", u.name as "placeUnit",
			w.name as "ownRoom", w.unit_id as "roomUnitId", k.room_id as "roomId", m.name as room, k.room_by_hand as "roomByHand",
			k.facilitator_id as "facilitatorId", f.name as facilitator, k.facilitator_by_hand as "facilitatorByHand",
			(select count(*)::int from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.status in ('offered', 'enrolled', 'waiting', 'passed', 'failed') and not exists (
					select from classes.split_person p where p.agency_id = r.agency_id and p.split_id = k.split_id and p.person_id = r.person_id)) as others,
			(select jsonb_agg(jsonb_build_object('day', (x.starts_at at time zone g.time_zone)::date::text,
					'from', (extract(epoch from (x.starts_at at time zone g.time_zone)::time) / 60)::int,
					'to', (extract(epoch from (x.ends_at at time zone g.time_zone)::time) / 60)::int) order by x.starts_at)
				from classes.session x where x.agency_id = c.agency_id and x.class_id = c.id and x.cancelled_at is null and x.mode <> 'self_paced') as spans
		from classes.split_class k
		join classes.class c on c.agency_id = k.agency_id and c.id = k.class_id
		join platform.agency g on g.agency_id = k.agency_id
		left join people.unit u on u.agency_id = k.agency_id and u.id = k.place_unit_id
		left join lateral (select o.name, o.unit_id from classes.session x join classes.room o on o.agency_id = x.agency_id and o.id = x.room_id
			where x.agency_id = c.agency_id and x.class_id = c.id and x.cancelled_at is null order by x.starts_at, x.id limit 1) w on true
		left join classes.room m on m.agency_id = k.agency_id and m.id = k.room_id
		left join people.person f on f.agency_id = k.agency_id and f.id = k.facilitator_id
		where k.agency_id = (select platform.current_agency()) and k.split_id = ${splitId}
		order by c.starts_on, c.code`.execute(db);
	return rows.map((row) => ({ ...row, status: classStatus(row.status), spans: row.spans ?? [] }));
}

async function peopleOf(db: Db, splitId: string, classes: readonly SplitClass[]) {
	const year = classes[0]?.startsOn.slice(0, 4) ?? null;
	const classIds = classes.map(({ id }) => id);
	const { rows } = await sql<Omit<SplitPerson, 'unitId'> & { unitId: string | null }>`
		select p.person_id as id, s.name, s.post_title as post, s.unit_id as "unitId", s.unit_name || coalesce(', ' || o.name, '') as unit, p.gap::int as gap,
			p.class_id as "classId", p.by_hand as "byHand",
			not exists (select from classes.registration r
				join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status <> 'cancelled'
				where r.agency_id = p.agency_id and r.person_id = p.person_id and r.status in ('enrolled', 'passed', 'failed')
					and to_char(c.starts_on, 'YYYY') = ${year} and not c.id = any(${classIds}::uuid[])) as "neverSent",
			(select r.class_id from classes.registration r where r.agency_id = p.agency_id and r.person_id = p.person_id
				and r.class_id = any(${classIds}::uuid[]) and r.status in ('offered', 'enrolled', 'passed', 'failed') limit 1) as "seatedIn"
		from classes.split_person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.person_id
		left join people.unit o on o.agency_id = s.agency_id and nlevel(s.unit_path) > 2 and o.path = subpath(s.unit_path, 0, 2)
		where p.agency_id = (select platform.current_agency()) and p.split_id = ${splitId}
		order by s.unit_name, s.name, p.person_id`.execute(db);
	const people = rows.flatMap((row) => (row.unitId === null ? [] : [{ ...row, unitId: row.unitId }]));
	const wished = await db
		.selectFrom('classes.split_wish')
		.select(['person_id', 'class_id', 'wish'])
		.where('split_id', '=', splitId)
		.execute();
	const wishes = new Map<string, Record<string, Wish>>();
	for (const { person_id, class_id, wish } of wished)
		wishes.set(person_id, {
			...wishes.get(person_id),
			[class_id]: wish === 'wanted' ? 'wanted' : 'forbidden'
		});
	return { people, left: rows.length - people.length, wishes };
}

/** Quotas of the classes: what is left of each for the people of the split, and who of them it is for. */
async function sharesOf(
	db: Db,
	classes: readonly SplitClass[],
	people: readonly SplitPerson[]
): Promise<ShareLimit[]> {
	const { rows } = await sql<{ id: string; cohortId: string; most: number; people: string[] }>`
		select q.id, q.class_id as "cohortId", (q.most - count(*) filter (where p.id is null and r.id is not null))::int as most,
			array_remove(array_agg(distinct p.id), null) as people
		from classes.quota q
		left join people.unit u on u.agency_id = q.agency_id and u.id = q.unit_id
		join people.staff s on s.agency_id = q.agency_id and (q.post_kind is null or s.post_kind = q.post_kind)
			and (q.unit_id is null or s.unit_path <@ u.path)
		left join unnest(${people.map(({ id }) => id)}::uuid[]) as p(id) on p.id = s.person_id
		left join classes.registration r on r.agency_id = q.agency_id and r.class_id = q.class_id and r.person_id = s.person_id
			and r.status = any(${[...TAKES_SEAT]})
		where q.agency_id = (select platform.current_agency()) and q.class_id = any(${classes.map(({ id }) => id)}::uuid[])
			and (p.id is not null or r.id is not null)
		group by q.agency_id, q.id order by q.id`.execute(db);
	return rows.map((row) => ({ ...row, most: Math.max(0, row.most), people: new Set(row.people) }));
}

/** Kecamatan of each unit, for those that lie in one. */
async function districtsOf(db: Db, unitIds: readonly string[]): Promise<Map<string, string>> {
	if (unitIds.length === 0) return new Map();
	const { rows } = await sql<{ id: string; district: string }>`
		select u.id, k.id as district from people.unit u
		join people.unit k on k.agency_id = u.agency_id and k.kind = 'kecamatan' and u.path <@ k.path
		where u.agency_id = (select platform.current_agency()) and u.id = any(${[...unitIds]}::uuid[])`.execute(db);
	return new Map(rows.map(({ id, district }) => [id, district]));
}

/**
 * Places as an assignment: each class with the room and the facilitator that it was given, as long as they are free; a
 * class without has the first that is left, so that moving somebody by hand needs no new reckoning.
 */
export function assignmentOf(
	{ classes, problem }: Pick<LoadedSplit, 'classes' | 'problem'>,
	places: Readonly<Record<string, string>>,
	given?: readonly Given[]
): Assignment {
	const slots = strictSlots({ classes, problem }, given);
	return { places, slots: withFreeSlots(problem, { places, slots }) };
}

export type Given = { classId: string; roomId: string | null; facilitatorId: string | null };

/** Slots that were given and can still be had, and nothing else: what is kept and applied. */
export function strictSlots(
	{ classes, problem }: Pick<LoadedSplit, 'classes' | 'problem'>,
	given: readonly Given[] = classes.map(({ id, roomId, facilitatorId }) => ({
		classId: id,
		roomId,
		facilitatorId
	}))
): Record<string, string> {
	return Object.fromEntries(
		problem.cohorts.flatMap(({ id, slots, wants }) => {
			const it = given.find(({ classId }) => classId === id);
			const name = wants
				? slotId(id, wants.rooms && (it?.roomId ?? null), wants.facilitators && (it?.facilitatorId ?? null))
				: id;
			return slots.some((slot) => slot.id === name) ? [[id, name]] : [];
		})
	);
}
