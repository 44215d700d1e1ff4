import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import type { Away, Counter } from '../../coverage.ts';
import { roomFor, type Reason } from '../../cohorts/check.ts';
import type { Distance } from '../../cohorts/distance.ts';
import type { Wish } from '../../cohorts/problem.ts';
import { substitutesAt, type Candidate } from '../../cohorts/substitutes.ts';
import type { LoadedSplit } from '../cohorts/load-split.ts';
import { awayOn, countersOn, staffingOf, unitsNeeding } from '../cohorts/staffing.ts';
import { peopleIn, placeIn, reasonLine, splitSheet, type ReasonLine } from './split-sheet.ts';

/** What nobody can press away: the screen offers no button for it. */
const IMPOSSIBLE: readonly Reason['kind'][] = ['notHeld', 'noRoom', 'noFacilitator', 'away', 'full', 'share'];

export type Choice = {
	id: string;
	code: string;
	name: string;
	startsOn: string;
	endsOn: string;
	here: boolean;
	placed: number;
	seats: number;
	wish: Wish | 'none';
	/** How far from their kecamatan; null when nobody knows. */
	apart: Distance | null;
	/** What putting them there would do; empty: nothing stands against it. */
	reasons: ReasonLine[];
	possible: boolean;
	/** Who could stand in where a counter would be short. */
	substitutes: { name: string; post: string; unit: string; own: boolean }[];
};

/** Somebody nominated, and what each class would mean for them and their counter. Refuses: missing. */
export async function personInSplit(db: Db, actor: Actor, splitId: string, personId: string) {
	const sheet = await splitSheet(db, actor, splitId);
	const { loaded, assignment } = sheet;
	const person = loaded.problem.people.find(({ id }) => id === personId);
	if (!person) throw missing();
	const alone = { ...loaded, people: loaded.people.filter(({ id }) => id === personId) };
	const [shown] = peopleIn(
		{ loaded: alone, assignment },
		{ at: null, search: '' },
		{ limit: 1, offset: 0 }
	).people;
	if (!shown) throw missing();
	const { [personId]: at, ...others } = assignment.places;
	const room = roomFor(loaded.problem, { ...assignment, places: others });
	const choices: Choice[] = [];
	const sitting = Object.values(assignment.places);
	for (const one of loaded.classes) {
		const reasons = room.reasons(person, one.id);
		const short = reasons.find((reason) => reason.kind === 'short');
		choices.push({
			id: one.id,
			code: one.code,
			name: one.name,
			startsOn: one.startsOn,
			endsOn: one.endsOn,
			here: at === one.id,
			placed: sitting.filter((id) => id === one.id).length,
			seats: Math.max(0, one.seats - one.others),
			wish: person.wishes[one.id] ?? 'none',
			apart: loaded.apart(person.unitId, placeIn({ loaded, assignment }, one.id)),
			reasons: reasons.map((reason) => reasonLine(loaded, reason)),
			possible: !reasons.some(({ kind }) => IMPOSSIBLE.includes(kind)),
			substitutes: short ? await substitutesFor(db, loaded, others, short.counter, personId) : []
		});
	}
	return { split: sheet.split, can: sheet.can, person: shown, choices };
}

/** Free people of the counter's role in its unit and in up to twelve neighbours, with the seats that the split gives. */
async function substitutesFor(
	db: Db,
	loaded: LoadedSplit,
	places: Readonly<Record<string, string>>,
	counter: Counter,
	leaving: string
): Promise<Choice['substitutes']> {
	const { rows } = await sql<Omit<Candidate, 'apart'> & { apart: number }>`
		with here as (
			select u.id, u.path, u.parent_id,
				(select k.path from people.unit k where k.agency_id = u.agency_id and k.kind = 'kecamatan' and u.path <@ k.path limit 1) as district
			from people.unit u where u.agency_id = (select platform.current_agency()) and u.id = ${counter.unitId}
		), near as (
			select u.id, u.path, u.name, case when u.id = h.id then 0 else 1 end as apart
			from people.unit u cross join here h
			where u.agency_id = (select platform.current_agency()) and u.valid_to is null
				and (u.id = h.id or u.parent_id = h.parent_id or (h.district is not null and u.path <@ h.district and u.path <> h.district))
			order by u.id <> h.id, (h.district is not null and u.path <@ h.district) desc, u.path limit 13
		)
		select distinct on (s.person_id) s.person_id as "personId", s.name, s.post_title as "postTitle", s.unit_id as "unitId",
			s.unit_name as unit, n.apart
		from near n join people.staff s on s.agency_id = (select platform.current_agency()) and s.unit_path <@ n.path
		where s.person_id <> ${leaving} and not s.is_head
		order by s.person_id, n.apart`.execute(db);
	const candidates = rows.map((row): Candidate => ({ ...row, apart: row.apart === 0 ? 0 : 1 }));
	const ids = candidates.map(({ personId }) => personId);
	const staffing = await staffingOf(db, await unitsNeeding(db, ids));
	const everybody = [
		...new Set([...ids, ...staffing.flatMap(({ staff }) => staff.map((one) => one.personId))])
	];
	const away: Away[] = [
		...(await awayOn(db, everybody, [counter.day], {
			classIds: loaded.classes.map(({ id }) => id),
			personIds: loaded.people.map(({ id }) => id)
		})),
		...Object.entries(places).flatMap(([personId, classId]) =>
			(loaded.classes.find(({ id }) => id === classId)?.spans ?? [])
				.filter(({ day }) => day === counter.day)
				.map((span) => ({ ...span, personId, why: 'class' as const }))
		)
	];
	const counters = countersOn(staffing, [counter.day], away, [counter]);
	return substitutesAt(counter, candidates, counters, away)
		.slice(0, 5)
		.map(({ name, postTitle, unit, apart }) => ({ name, post: postTitle, unit, own: apart === 0 }));
}
