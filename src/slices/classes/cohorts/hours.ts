import type { Frame } from './frame.ts';
import { sharedThings, type Program } from './program.ts';
import { personWorth, seatsIn, WEIGHTS, type Cohort, type Problem, type Slot } from './problem.ts';
import { excludes } from './slots.ts';

/**
 * The first step of a large problem: which slot each cohort gets. People ask only which hours they can be away, so
 * cohorts at the same hours are one, and distance is settled between districts and places, whatever the hour. All of it
 * may come in fractions. Whatever a real split is worth, this relaxation is worth at least as much: its optimum is a
 * bound for every split.
 */
export function hoursProgram(
	problem: Problem,
	frame: Frame
): { program: Program; held: ReadonlyMap<string, number> } {
	const program: Program = {
		worth: [],
		upper: [],
		kind: [],
		starts: [0],
		indices: [],
		values: [],
		limits: []
	};
	const add = (worth: number, upper: number): number => {
		program.kind.push('rest');
		program.upper.push(upper);
		return program.worth.push(worth) - 1;
	};
	const row = (terms: ReadonlyMap<number, number>, limit: number): void => {
		for (const [index, value] of terms) {
			program.indices.push(index);
			program.values.push(value);
		}
		program.starts.push(program.indices.length);
		program.limits.push(limit);
	};

	const slots = problem.cohorts.flatMap((cohort) => cohort.slots.map((slot) => ({ cohort, slot })));
	const held = new Map(slots.map(({ slot }) => [slot.id, add(0, 1)]));
	const at = (slot: Slot) => held.get(slot.id) ?? -1;
	for (const cohort of problem.cohorts) row(new Map(cohort.slots.map((slot) => [at(slot), 1])), 1);
	for (const set of sharedThings(slots.map(({ slot }) => slot)))
		row(new Map(set.map((slot) => [at(slot), 1])), 1);

	// Hours: each offer's hours numbered once.
	const hourOf = new Map<number, number>();
	const numbered = new Map<string, number>();
	for (const offer of frame.offers) {
		const key = offer.spans.map(({ day, from, to }) => `${day} ${from} ${to}`).join(',');
		const hour = numbered.get(key) ?? numbered.size;
		numbered.set(key, hour);
		hourOf.set(offer.index, hour);
	}
	const atHour = [...numbered.values()].map((): number[] => []);
	const zones = new Map<string, { unitId: string; placed: number[] }>();
	const places = [...new Set(slots.map(({ slot }) => slot.placeId))];
	const gone = new Map<string, number>();
	for (const [key, group] of mergedGroups(frame, hourOf)) {
		const seats = new Map<number, number>();
		for (const hour of group.hours) {
			const x = add(0, group.count);
			gone.set(`${key}#${hour}`, x);
			atHour[hour]?.push(x);
			seats.set(x, 1);
		}
		const zoneKey = places.map((place) => problem.distance(group.unitId, place)).join('');
		const zone = zones.get(zoneKey) ?? { unitId: group.unitId, placed: [] };
		zones.set(zoneKey, zone);
		const worths = new Map<number, number>();
		for (const [worth, count] of group.worths) {
			const x = add(worth, count);
			worths.set(x, 1);
			zone.placed.push(x);
		}
		row(new Map([...worths, ...[...seats.keys()].map((x) => [x, -1] as const)]), 0);
		row(seats, group.count);
	}
	for (const [hour, people] of atHour.entries()) {
		const terms = new Map(people.map((x) => [x, 1]));
		for (const offer of frame.offers)
			if (hourOf.get(offer.index) === hour)
				for (const slot of offer.slots) terms.set(at(slot), -free(offer.cohort, slot, frame));
		row(terms, 0);
	}
	travel(problem, frame, { zones: [...zones.values()], places, slots, at }, add, row);

	const keyOf = keysOf(frame, hourOf);
	for (const { spare, groups, offers, slots: teaching } of frame.limits) {
		const terms = new Map<number, number>();
		const hours = new Set(offers.map((offer) => hourOf.get(offer)));
		for (const key of new Set(groups.map((group) => keyOf[group])))
			for (const hour of hours) {
				const x = gone.get(`${key}#${hour}`);
				if (x !== undefined) terms.set(x, 1);
			}
		for (const slotId of teaching) {
			const z = held.get(slotId);
			if (z !== undefined) terms.set(z, 1);
		}
		row(terms, spare);
	}
	return { program, held };
}

const free = (cohort: Cohort, slot: Slot, frame: Frame): number =>
	Math.max(0, seatsIn(cohort, slot) - (frame.taken.get(cohort.id) ?? 0));

/** Everybody placed from a zone sits in some place; each place has the seats of the slots held there. */
function travel(
	problem: Problem,
	frame: Frame,
	it: {
		zones: readonly { unitId: string; placed: readonly number[] }[];
		places: readonly (string | null)[];
		slots: readonly { cohort: Cohort; slot: Slot }[];
		at: (slot: Slot) => number;
	},
	add: (worth: number, upper: number) => number,
	row: (terms: ReadonlyMap<number, number>, limit: number) => void
): void {
	const arriving = it.places.map((): number[] => []);
	for (const { unitId, placed } of it.zones) {
		const terms = new Map(placed.map((x) => [x, 1]));
		for (const [index, place] of it.places.entries()) {
			const x = add(WEIGHTS.distance * problem.distance(unitId, place), problem.people.length);
			terms.set(x, -1);
			arriving[index]?.push(x);
		}
		row(terms, 0);
	}
	for (const [index, place] of it.places.entries()) {
		const terms = new Map((arriving[index] ?? []).map((x) => [x, 1]));
		for (const { cohort, slot } of it.slots)
			if (slot.placeId === place) terms.set(it.at(slot), -free(cohort, slot, frame));
		row(terms, 0);
	}
}

type Merged = { unitId: string; count: number; hours: number[]; worths: Map<number, number> };

/** Unit, roles (the limits it stands in) and the hours that are open; wishes only count with their best. */
function keysOf(frame: Frame, hourOf: ReadonlyMap<number, number>): string[] {
	const limits = frame.groups.map((): number[] => []);
	for (const [index, limit] of frame.limits.entries())
		for (const group of limit.groups) limits[group]?.push(index);
	return frame.groups.map(({ unitId, offers }, index) => {
		const hours = [...new Set([...offers.keys()].map((offer) => hourOf.get(offer)))];
		return `${unitId}|${limits[index]?.join(',')}|${hours.join(',')}`;
	});
}

function mergedGroups(frame: Frame, hourOf: ReadonlyMap<number, number>): Map<string, Merged> {
	const merged = new Map<string, Merged>();
	for (const [index, key] of keysOf(frame, hourOf).entries()) {
		const group = frame.groups[index];
		if (!group) continue;
		const hours = [...new Set([...group.offers.keys()].map((offer) => hourOf.get(offer) ?? -1))];
		const into = merged.get(key) ?? { unitId: group.unitId, count: 0, hours, worths: new Map() };
		merged.set(key, into);
		into.count += group.members.length;
		for (const member of group.members) {
			const wanted = Object.values(member.wishes).includes('wanted') ? WEIGHTS.wanted : 0;
			const worth = personWorth(member) + wanted;
			into.worths.set(worth, (into.worths.get(worth) ?? 0) + 1);
		}
	}
	return merged;
}

/**
 * One slot a cohort, the largest fraction first, never a room or a facilitator twice at an hour, nor more of those who teach
 * from a counter than it can spare.
 */
export function slotsFrom(
	problem: Problem,
	frame: Frame,
	held: ReadonlyMap<string, number>,
	x: readonly number[]
): Problem['cohorts'] {
	const order = problem.cohorts
		.flatMap((cohort) =>
			cohort.slots.map((slot) => ({ cohort, slot, share: x[held.get(slot.id) ?? -1] ?? 0 }))
		)
		.sort((a, b) => b.share - a.share || seatsIn(b.cohort, b.slot) - seatsIn(a.cohort, a.slot));
	const chosen = new Map<string, Slot>();
	const leaving = new Map(frame.limits.map((limit) => [limit, 0]));
	for (const { cohort, slot } of order) {
		if (chosen.has(cohort.id) || [...chosen.values()].some((other) => excludes(slot, other))) continue;
		const left = frame.limits.filter(({ slots }) => slots.includes(slot.id));
		if (left.some((limit) => (leaving.get(limit) ?? 0) >= limit.spare)) continue;
		chosen.set(cohort.id, slot);
		for (const limit of left) leaving.set(limit, (leaving.get(limit) ?? 0) + 1);
	}
	return problem.cohorts.map((cohort) => {
		const slot = chosen.get(cohort.id);
		return slot ? { id: cohort.id, seats: cohort.seats, slots: [slot] } : { ...cohort, slots: [] };
	});
}
