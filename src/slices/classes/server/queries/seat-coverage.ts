import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canSeeAbsence } from '../../cohort-access.ts';
import {
	countersOf,
	coverageOf,
	tightestWithout,
	type Away,
	type Span,
	type Without
} from '../../coverage.ts';
import { awayOn, staffingOf, unitsNeeding, type Staffing } from '../cohorts/staffing.ts';

/** A seat that is asked for: whose, and in which class. */
export type AskedSeat = { id: string; personId: string; classId: string };

/** Somebody who is not there. `away` instead of leave or duty for whoever may not read the reason. */
export type Gone = { name: string; why: Away['why'] | 'away' };

/** What a seat takes from one unit on one day, at the hour at which that unit can spare the person least. */
export type SeatDay = Pick<
	Without,
	'day' | 'from' | 'to' | 'roles' | 'required' | 'present' | 'after' | 'short'
> & {
	unitId: string;
	unit: string;
	/** Who can fill the role at all. */
	staff: number;
	/** By name. */
	gone: Gone[];
	/** Why the person is not there that day anyway; null when this seat alone takes them away. */
	self: Gone['why'] | null;
};

/**
 * For each of these seats the days of its class at the counters that its person can fill, earliest first: who is there
 * with and without the person. A person whom no counter needs has no lines. Five statements however many seats there are;
 * asks nobody's permission but for the reason of an absence.
 */
export async function coverageOfSeats(
	db: Db,
	actor: Actor,
	seats: readonly AskedSeat[]
): Promise<Map<string, SeatDay[]>> {
	const people = [...new Set(seats.map(({ personId }) => personId))];
	const units = await unitsNeeding(db, people);
	if (units.length === 0) return new Map();
	const spans = await spansOf(db, [...new Set(seats.map(({ classId }) => classId))]);
	const staffing = await staffingOf(db, units);
	const days = new Set([...spans.values()].flatMap((of) => of.map(({ day }) => day)));
	const staff = new Set(staffing.flatMap((unit) => unit.staff.map(({ personId }) => personId)));
	const away = Map.groupBy(await awayOn(db, [...staff], [...days]), ({ personId }) => personId);
	const asked = Map.groupBy(seats, ({ personId }) => personId);
	const lines = new Map<string, SeatDay[]>();
	for (const unit of staffing) {
		const here = unit.staff.flatMap(({ personId }) => asked.get(personId) ?? []);
		const gone = unit.staff.flatMap(({ personId }) => away.get(personId) ?? []);
		for (const [seat, days] of daysOf(unit, here, gone, spans))
			lines.set(seat.id, [
				...(lines.get(seat.id) ?? []),
				...days.map((day) => lineOf(actor, unit, day, seat, gone))
			]);
	}
	for (const of of lines.values()) of.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
	return lines;
}

/** Each of a unit's counters once, however many of its people ask for a seat; cut where anybody leaves or comes back. */
function daysOf(
	unit: Staffing,
	seats: readonly AskedSeat[],
	gone: readonly Away[],
	spans: ReadonlyMap<string, readonly Span[]>
): [AskedSeat, Without[]][] {
	const wanted = seats.flatMap(({ classId }) => spans.get(classId) ?? []);
	const counters = [...Map.groupBy(wanted, ({ day }) => day)].flatMap(([day, of]) => {
		const cuts = [...of, ...gone.filter((one) => one.day === day)].flatMap(({ from, to }) => [from, to]);
		return countersOf(unit.unitId, day, unit.needs, unit.staff, cuts);
	});
	const covered = coverageOf(counters, gone);
	return seats.map((seat) => [seat, tightestWithout(covered, seat.personId, spans.get(seat.classId) ?? [])]);
}

function lineOf(
	actor: Actor,
	unit: Staffing,
	{ missing, holders, ...day }: Without,
	seat: AskedSeat,
	away: readonly Away[]
): SeatDay {
	const whyOf = (personId: string): Gone['why'] => {
		const one = away.find(
			(it) => it.personId === personId && it.day === day.day && it.from < day.to && day.from < it.to
		);
		if (!one) return 'away';
		if (one.why === 'class' || one.why === 'teaching') return one.why;
		const member = unit.staff.find((it) => it.personId === personId);
		return member && canSeeAbsence(actor, member) ? one.why : 'away';
	};
	return {
		day: day.day,
		from: day.from,
		to: day.to,
		roles: day.roles,
		required: day.required,
		present: day.present,
		after: day.after,
		short: day.short,
		unitId: unit.unitId,
		unit: unit.unitName,
		staff: holders.length,
		gone: unit.staff
			.filter(({ personId }) => personId !== seat.personId && missing.includes(personId))
			.map(({ personId, name }) => ({ name, why: whyOf(personId) })),
		self: missing.includes(seat.personId) ? whyOf(seat.personId) : null
	};
}

/** When these classes take their people away, by class; self-paced sessions take nobody away. */
async function spansOf(db: Db, classIds: readonly string[]): Promise<Map<string, Span[]>> {
	const { rows } = await sql<Span & { classId: string }>`
		select x.class_id as "classId", (x.starts_at at time zone g.time_zone)::date::text as day,
			(extract(epoch from (x.starts_at at time zone g.time_zone)::time) / 60)::int as "from",
			(extract(epoch from (x.starts_at at time zone g.time_zone)::time) / 60)::int + (extract(epoch from x.ends_at - x.starts_at) / 60)::int as "to"
		from classes.session x join platform.agency g on g.agency_id = x.agency_id
		where x.agency_id = (select platform.current_agency()) and x.class_id = any(${[...classIds]}::uuid[])
			and x.cancelled_at is null and x.mode <> 'self_paced'
		order by x.starts_at`.execute(db);
	return Map.groupBy(rows, ({ classId }) => classId);
}
