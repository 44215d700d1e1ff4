import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import type { Db } from '#platform/db/db.ts';
import { canSplit } from '../../cohort-access.ts';
import { roomFor, type Reason } from '../../cohorts/check.ts';
import { nearnessOf, type Distance } from '../../cohorts/distance.ts';
import { explainUnplaced, type Explanation } from '../../cohorts/explain.ts';
import { MIXINGS, slotOf, worthOf, type Assignment, type Mixing } from '../../cohorts/problem.ts';
import { lackingFor } from '../../cohorts/slots.ts';
import { assignmentOf, loadSplit, type LoadedSplit } from '../cohorts/load-split.ts';

export type SplitSheet = Awaited<ReturnType<typeof splitSheet>>;

/** A split as it stands, with today's counters. Refuses: missing. */
export async function splitSheet(db: Db, actor: Actor, splitId: string) {
	if (!canSplit(actor)) throw missing();
	const { rows } = await sql<{
		id: string;
		program: string;
		planId: string | null;
		mixing: string;
		status: string;
		bound: number | null;
		seconds: number | null;
		solvedAt: Date | null;
		appliedAt: Date | null;
		appliedBy: string | null;
	}>`
		select s.id, g.name as program, l.plan_id as "planId", s.mixing, s.status, s.bound::float8 as bound, s.seconds::float8 as seconds,
			s.solved_at as "solvedAt", s.applied_at as "appliedAt", p.name as "appliedBy"
		from classes.split s
		join programs.program g on g.agency_id = s.agency_id and g.id = s.program_id
		left join plans.line l on l.agency_id = s.agency_id and l.id = s.plan_line_id
		left join people.person p on p.agency_id = s.agency_id and p.id = s.applied_by
		where s.agency_id = ${actor.agencyId} and s.id = ${splitId}`.execute(db);
	const split = rows[0];
	if (!split) throw missing();
	const loaded = await loadSplit(db, splitId);
	const assignment = placesOf(loaded);
	const placed = Object.keys(assignment.places).length;
	const worth = worthOf(loaded.problem, assignment);
	const open = split.status !== 'applied';
	const underway = open ? await unfinishedJob(db, actor, 'classes.split', { splitId }) : undefined;
	return {
		split: {
			...split,
			mixing: MIXINGS.find((one): one is Mixing => one === split.mixing) ?? 'free',
			gap:
				split.bound === null || split.bound === 0 ? null : Math.max(0, (split.bound - worth) / split.bound),
			people: loaded.people.length,
			left: loaded.left,
			placed,
			byHand: loaded.people.filter(({ byHand }) => byHand).length
		},
		loaded,
		assignment,
		underway,
		can: { change: open, solve: open, apply: open && placed > 0 }
	};
}

export const placesOf = (loaded: LoadedSplit): Assignment =>
	assignmentOf(
		loaded,
		Object.fromEntries(
			loaded.people.flatMap(({ id, seatedIn, classId }) => {
				const at = seatedIn ?? classId;
				return at === null ? [] : [[id, at]];
			})
		)
	);

/** The classes with who sits in them, by unit, and what they have been given or lack. */
export function cohortsOf({ loaded, assignment }: Pick<SplitSheet, 'loaded' | 'assignment'>) {
	const { cohorts } = loaded.problem;
	const room = roomFor(loaded.problem, assignment);
	const held = cohorts.flatMap(({ id, slots }) => slots.filter((slot) => slot.id === assignment.slots[id]));
	return loaded.classes.map(({ spans, ...one }) => {
		const wants = cohorts.find(({ id }) => id === one.id)?.wants;
		const others = held.filter(({ id }) => id !== assignment.slots[one.id]);
		const lacks =
			wants && assignment.slots[one.id] === undefined
				? lackingFor(wants, others, room.needed)
				: { room: false, facilitator: false };
		const members = loaded.people.filter(({ id }) => assignment.places[id] === one.id);
		const units = Map.groupBy(members, ({ unit }) => unit);
		return {
			...one,
			wants: {
				room: wants ? wants.rooms !== null : false,
				facilitator: wants ? wants.facilitators !== null : false
			},
			lacks,
			hours: spans.reduce((sum, { from, to }) => sum + (to - from) / 60, 0),
			days: [...new Set(spans.map(({ day }) => day))],
			placed: members.length,
			near: nearnessOf(
				members.map(({ unitId }) => loaded.apart(unitId, placeIn({ loaded, assignment }, one.id)))
			),
			byHand: members.filter(({ byHand }) => byHand).length,
			units: [...units]
				.map(([name, people]) => ({ name, people: people.length }))
				.sort((a, b) => b.people - a.people || a.name.localeCompare(b.name))
		};
	});
}

/** Where a class meets, as far as the split knows: its kecamatan, or that of the room it has been given. */
export function placeIn(
	{ loaded, assignment }: Pick<SplitSheet, 'loaded' | 'assignment'>,
	classId: string
): string | null {
	const cohort = loaded.problem.cohorts.find(({ id }) => id === classId);
	const slot = cohort && slotOf(cohort, assignment.slots[classId]);
	const one = loaded.classes.find(({ id }) => id === classId);
	return slot?.placeId ?? one?.placeUnitId ?? one?.roomUnitId ?? null;
}

export type PersonLine = LoadedSplit['people'][number] & {
	at: { id: string; code: string; apart: Distance | null } | null;
	why: ExplainedLine | null;
};
export type ExplainedLine = {
	into: { id: string; code: string; day: string | null } | null;
	reason: ReasonLine | null;
	changes: ChangeLine[];
};
export type ReasonLine = {
	kind: Reason['kind'];
	unit: string;
	role: string;
	day: string;
	present: number;
	required: number;
	seats: number;
};
export type ChangeLine =
	| { kind: 'seat'; day: string }
	| { kind: 'share'; day: string }
	| { kind: 'room' | 'facilitator'; day: string; hours: number; seats: number }
	| { kind: 'substitute'; people: number; hours: number; role: string; unit: string; day: string };

/** People of a split, those without a place with their reason and the cheapest change; `at`: a class, 'none', or all. */
export function peopleIn(
	{ loaded, assignment }: Pick<SplitSheet, 'loaded' | 'assignment'>,
	filter: { at: string | null; search: string },
	slice: { limit: number; offset: number }
): { people: PersonLine[]; total: number } {
	const search = filter.search.toLowerCase();
	const wanted = loaded.people.filter(({ id, name, unit }) => {
		const at = assignment.places[id];
		return (
			(filter.at === null || (filter.at === 'none' ? at === undefined : at === filter.at)) &&
			(search === '' || name.toLowerCase().includes(search) || unit.toLowerCase().includes(search))
		);
	});
	const shown = wanted.slice(slice.offset, slice.offset + slice.limit);
	const missingOnes = new Set(shown.flatMap(({ id }) => (assignment.places[id] === undefined ? [id] : [])));
	const explained = new Map(
		missingOnes.size === 0
			? []
			: explainUnplaced(loaded.problem, assignment, missingOnes).map((one) => [one.personId, one])
	);
	return {
		total: wanted.length,
		people: shown.map((person) => {
			const at = loaded.classes.find(({ id }) => id === assignment.places[person.id]);
			const why = explained.get(person.id);
			return {
				...person,
				at: at
					? {
							id: at.id,
							code: at.code,
							apart: loaded.apart(person.unitId, placeIn({ loaded, assignment }, at.id))
						}
					: null,
				why: why ? explainedLine(loaded, why) : null
			};
		})
	};
}

function explainedLine(loaded: LoadedSplit, { cohortId, reasons, changes }: Explanation): ExplainedLine {
	const into = loaded.classes.find(({ id }) => id === cohortId);
	const [reason] = reasons;
	return {
		into: into ? { id: into.id, code: into.code, day: into.spans[0]?.day ?? into.startsOn } : null,
		reason: reason ? reasonLine(loaded, reason) : null,
		changes: changes.map((change): ChangeLine => {
			if (change.kind === 'substitute') {
				const { people, hours, counter } = change;
				const unit = unitName(loaded, counter.unitId);
				return { kind: 'substitute', people, hours, role: counter.roles.join(' + '), unit, day: counter.day };
			}
			const day = into?.spans[0]?.day ?? into?.startsOn ?? '';
			return change.kind === 'seat' || change.kind === 'share'
				? { kind: change.kind, day }
				: { kind: change.kind, day, hours: change.hours, seats: change.seats };
		})
	};
}

const unitName = ({ staffing }: LoadedSplit, unitId: string): string =>
	staffing.find((unit) => unit.unitId === unitId)?.unitName ?? '';

export function reasonLine(loaded: LoadedSplit, reason: Reason): ReasonLine {
	const line: ReasonLine = {
		kind: reason.kind,
		unit: '',
		role: '',
		day: '',
		present: 0,
		required: 0,
		seats: 0
	};
	if (reason.kind === 'away') return { ...line, day: reason.span.day };
	if (reason.kind === 'share') return { ...line, seats: reason.share.most };
	if (reason.kind === 'full') return { ...line, seats: reason.seats };
	if (reason.kind === 'noRoom' || reason.kind === 'noFacilitator')
		return { ...line, day: reason.cohort.wants?.spans[0]?.day ?? '', seats: reason.cohort.seats };
	if (reason.kind !== 'short') return line;
	const { counter, present } = reason;
	return {
		...line,
		unit: unitName(loaded, counter.unitId),
		role: counter.roles.join(' + '),
		day: counter.day,
		present,
		required: counter.required
	};
}

export type CounterDay = { day: string; required: number; before: number; present: number };
export type CounterRow = { unitId: string; unit: string; role: string; days: CounterDay[]; worst: number };

/** Every counter on every day at its thinnest hour, those that are short or just covered first. */
export function countersIn(
	{ loaded, assignment }: Pick<SplitSheet, 'loaded' | 'assignment'>,
	slice: { limit: number; offset: number }
): { rows: CounterRow[]; days: string[]; total: number; short: number } {
	const rows = new Map<string, CounterRow & { byDay: Map<string, CounterDay> }>();
	for (const { counter, before, present } of roomFor(loaded.problem, assignment).covered()) {
		if (counter.roles.length > 1) continue;
		const role = counter.roles.join(' + ');
		const key = `${counter.unitId} ${role}`;
		const row = rows.get(key) ?? {
			unitId: counter.unitId,
			unit: unitName(loaded, counter.unitId),
			role,
			days: [],
			worst: Infinity,
			byDay: new Map<string, CounterDay>()
		};
		rows.set(key, row);
		const known = row.byDay.get(counter.day);
		if (!known || present - counter.required < known.present - known.required)
			row.byDay.set(counter.day, { day: counter.day, required: counter.required, before, present });
		row.worst = Math.min(row.worst, present - counter.required);
	}
	const all = [...rows.values()].sort(
		(a, b) => a.worst - b.worst || a.unit.localeCompare(b.unit) || a.role.localeCompare(b.role)
	);
	const days = [...new Set(loaded.classes.flatMap(({ spans }) => spans.map(({ day }) => day)))].sort();
	return {
		total: all.length,
		days,
		short: all.filter(({ worst }) => worst < 0).length,
		rows: all.slice(slice.offset, slice.offset + slice.limit).map(({ byDay, ...row }) => ({
			...row,
			days: days.flatMap((day) => byDay.get(day) ?? [])
		}))
	};
}
