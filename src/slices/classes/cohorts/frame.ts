import { overlaps, type Counter, type Span } from '../coverage.ts';
import {
	chooses,
	personWorth,
	placeWorth,
	seatsIn,
	type Cohort,
	type Nominee,
	type Problem,
	type Slot
} from './problem.ts';

/**
 * The problem with interchangeable things put together, which loses nothing: slots of a cohort with the same hours at
 * the same place are one offer; people of the same unit, roles, free hours and wishes are one group, in classes of
 * equal worth.
 */

export type Offer = {
	index: number;
	cohort: Cohort;
	slots: readonly Slot[];
	spans: readonly Span[];
	placeId: string | null;
};

export type Group = {
	unitId: string;
	/** Most worth first, then by id: whoever is placed is taken from the front. */
	members: readonly Nominee[];
	/** Worth of placing any of them in this offer, for the offers that they can take. */
	offers: ReadonlyMap<number, number>;
};

/** At most `spare` of these groups in these offers at once, and of those who teach in these slots, if they are held. */
export type Limit = {
	spare: number;
	groups: readonly number[];
	offers: readonly number[];
	slots: readonly string[];
};

export type Frame = {
	offers: readonly Offer[];
	groups: readonly Group[];
	limits: readonly Limit[];
	/** Seats of each cohort taken by hand. */
	taken: ReadonlyMap<string, number>;
};

export const clash = (some: readonly Span[], others: readonly Span[]): boolean =>
	some.some((span) => others.some((other) => overlaps(span, other)));

const spansKey = (spans: readonly Span[]): string =>
	spans.map(({ day, from, to }) => `${day} ${from}-${to}`).join(' ');

export function frameOf(problem: Problem): Frame {
	const offers = offersOf(problem.cohorts);
	const fixed = new Map(Object.entries(problem.fixed));
	const counters = countersByOffers(problem, offers);
	const groups = groupsOf(problem, offers, counters.rows, fixed);
	const taken = new Map<string, number>();
	for (const cohortId of fixed.values()) taken.set(cohortId, (taken.get(cohortId) ?? 0) + 1);
	const rolesOf = new Map<string, number[]>();
	for (const [index, group] of groups.entries())
		for (const row of counters.rows.byHolder.get(group.members[0]?.id ?? '') ?? [])
			rolesOf.set(String(row), [...(rolesOf.get(String(row)) ?? []), index]);
	const limits = counters.limits.flatMap(({ row, offers: at, spare, slots }) => {
		const held = rolesOf.get(String(row)) ?? [];
		const most = held.reduce((sum, index) => sum + (groups[index]?.members.length ?? 0), slots.length);
		return most > spare ? [{ spare, groups: held, offers: at, slots }] : [];
	});
	return { offers, groups, limits: tightest(limits), taken };
}

function offersOf(cohorts: readonly Cohort[]): Offer[] {
	const offers: Offer[] = [];
	for (const cohort of cohorts) {
		const byKey = new Map<string, Slot[]>();
		for (const slot of cohort.slots) {
			const key = `${spansKey(slot.spans)}|${slot.placeId ?? ''}`;
			byKey.set(key, [...(byKey.get(key) ?? []), slot]);
		}
		for (const slots of byKey.values()) {
			const [first] = slots;
			if (first)
				offers.push({ index: offers.length, cohort, slots, spans: first.spans, placeId: first.placeId });
		}
	}
	return offers;
}

type Rows = { byHolder: ReadonlyMap<string, readonly number[]> };

/** Counters that an offer can touch, each set of holders numbered once, with how many more may leave. */
function countersByOffers(problem: Problem, offers: readonly Offer[]) {
	const onDay = new Map<string, { span: Span; offer: Offer }[]>();
	for (const offer of offers)
		for (const span of offer.spans) onDay.set(span.day, [...(onDay.get(span.day) ?? []), { span, offer }]);
	const awayOf = new Map<string, Span[]>();
	for (const one of problem.away) awayOf.set(one.personId, [...(awayOf.get(one.personId) ?? []), one]);
	const fixedSpans = spansOfFixed(problem);
	const rowOf = new Map<string, number>();
	const byHolder = new Map<string, number[]>();
	const limits: { row: number; offers: number[]; spare: number; slots: string[] }[] = [];
	for (const counter of problem.counters) {
		const touched = (onDay.get(counter.day) ?? []).filter(({ span }) => overlaps(span, counter));
		if (touched.length === 0) continue;
		const name = counter.holders.join(' ');
		let row = rowOf.get(name);
		if (row === undefined) {
			row = rowOf.size;
			rowOf.set(name, row);
			for (const holder of counter.holders) byHolder.set(holder, [...(byHolder.get(holder) ?? []), row]);
		}
		const at = [...new Set(touched.map(({ offer }) => offer))];
		const taught = teachingFrom(counter, at, awayOf);
		limits.push({
			row,
			offers: at.map(({ index }) => index),
			spare: Math.max(0, spareOf(counter, awayOf, fixedSpans) - taught.surely),
			slots: taught.perhaps
		});
	}
	return { rows: { byHolder } satisfies Rows, limits };
}

/**
 * Who leaves this counter to teach: so many surely, in the only slot of a cohort or because somebody chose them, and the
 * slots in which somebody would.
 */
function teachingFrom(
	counter: Counter,
	offers: readonly Offer[],
	awayOf: ReadonlyMap<string, readonly Span[]>
): { surely: number; perhaps: string[] } {
	const surely = new Set<string>();
	const perhaps: string[] = [];
	for (const { cohort, slots } of offers)
		for (const { id, facilitatorId, spans } of slots) {
			if (facilitatorId === null || !counter.holders.includes(facilitatorId)) continue;
			if (!spans.some((span) => overlaps(span, counter))) continue;
			if (awayOf.get(facilitatorId)?.some((span) => overlaps(span, counter))) continue;
			if (!chooses(cohort) || cohort.wants?.ledByHand === true) surely.add(facilitatorId);
			else perhaps.push(id);
		}
	return { surely: surely.size, perhaps };
}

function spareOf(
	counter: Counter,
	awayOf: ReadonlyMap<string, readonly Span[]>,
	fixed: ReadonlyMap<string, readonly Span[]>
): number {
	const gone = (of: ReadonlyMap<string, readonly Span[]>, id: string) =>
		of.get(id)?.some((span) => overlaps(span, counter)) ?? false;
	const present = counter.holders.filter((id) => !gone(awayOf, id) && !gone(fixed, id)).length;
	return Math.max(0, present - counter.required);
}

function spansOfFixed(problem: Problem): Map<string, readonly Span[]> {
	const cohorts = new Map(
		problem.cohorts.map(({ id, slots, wants }) => [id, slots[0]?.spans ?? wants?.spans ?? []])
	);
	return new Map(
		Object.entries(problem.fixed).map(([personId, cohortId]) => [personId, cohorts.get(cohortId) ?? []])
	);
}

function groupsOf(
	problem: Problem,
	offers: readonly Offer[],
	rows: Rows,
	fixed: ReadonlyMap<string, string>
): Group[] {
	const byKey = new Map<string, { unitId: string; members: Nominee[]; offers: Map<number, number> }>();
	for (const person of problem.people) {
		if (fixed.has(person.id)) continue;
		const open = new Map<number, number>();
		for (const offer of offers) {
			const wish = person.wishes[offer.cohort.id];
			if (wish === 'forbidden' || clash(person.away, offer.spans)) continue;
			open.set(offer.index, placeWorth(wish, problem.distance(person.unitId, offer.placeId)));
		}
		if (open.size === 0) continue;
		const key = [
			person.unitId,
			(rows.byHolder.get(person.id) ?? []).join(','),
			[...open].map(([offer, worth]) => `${offer}:${worth}`).join(','),
			problem.shares.flatMap(({ people }, at) => (people.has(person.id) ? [at] : [])).join(',')
		].join('|');
		const group = byKey.get(key);
		if (group) group.members.push(person);
		else byKey.set(key, { unitId: person.unitId, members: [person], offers: open });
	}
	return [...byKey.entries()]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, group]) => ({
			...group,
			members: group.members.sort((a, b) => personWorth(b) - personWorth(a) || (a.id < b.id ? -1 : 1))
		}));
}

/** Of limits over the same groups, offers and slots only the tightest binds. */
function tightest(limits: readonly Limit[]): Limit[] {
	const byKey = new Map<string, Limit>();
	for (const limit of limits) {
		const key = `${limit.groups.join(',')}|${limit.offers.join(',')}|${limit.slots.join(',')}`;
		const known = byKey.get(key);
		if (!known || limit.spare < known.spare) byKey.set(key, limit);
	}
	return [...byKey.values()];
}

/** Seats of an offer when it is the one that is held, by slot. */
export const seatsOf = ({ cohort }: Offer, slot: Slot): number => seatsIn(cohort, slot);
