import { overlaps, type Span } from '../coverage.ts';
import type { Cohort, Slot, Wants } from './problem.ts';

const meet = (some: readonly Span[], others: readonly Span[]): boolean =>
	some.some((span) => others.some((other) => overlaps(span, other)));

/** Two cohorts can't have both: the same room or facilitator at the same hour. */
export const excludes = (one: Slot, other: Slot): boolean =>
	((one.roomId !== null && one.roomId === other.roomId) ||
		(one.facilitatorId !== null && one.facilitatorId === other.facilitatorId)) &&
	meet(one.spans, other.spans);

/**
 * Of which kind no candidate is free while the others hold these slots; `needed`: their own counter can't spare them then,
 * which does not count against whom somebody chose by hand.
 */
export function lackingFor(
	{ spans, rooms, facilitators, ledByHand = false }: Wants,
	others: readonly Slot[],
	needed: (facilitatorId: string, spans: readonly Span[]) => boolean
): { room: boolean; facilitator: boolean } {
	const then = others.filter((slot) => meet(slot.spans, spans));
	const taken = new Set(then.flatMap(({ roomId, facilitatorId }) => [roomId, facilitatorId]));
	return {
		room: rooms?.every((id) => taken.has(id)) ?? false,
		facilitator: facilitators?.every((id) => taken.has(id) || (!ledByHand && needed(id, spans))) ?? false
	};
}

/** A room with its place: rooms at one place serve a class equally well. */
export type Place = { id: string; placeId: string | null; zone: string };
/** Who could teach; `atCounter`: serves somewhere in these hours, so that it matters whether they are the one who goes. */
export type Teacher = { id: string; atCounter: boolean };
export type Wanting = {
	id: string;
	seats: number;
	spans: readonly Span[];
	/** Free at all its hours, the best first; null: it needs none. */
	rooms: readonly Place[] | null;
	facilitators: readonly Teacher[] | null;
	/** Where it meets when no room says so. */
	placeId: string | null;
	/** What people chose for it: only that is offered. */
	roomId: string | null;
	facilitatorId: string | null;
};

/** Pairs of a room and a facilitator at most for each class: beyond 12 classes at the same hour some may be overlooked. */
const MOST = 12;

/**
 * Classes with the slots that they could have. Of the candidates that serve equally well, one more than there are other
 * classes at the same hours is enough: the others hold at most all but one of them, so no split is lost. Whoever stands
 * at a counter is offered only as far as there are too few others: nobody has to stay for these.
 */
export function cohortsWanting(classes: readonly Wanting[]): Cohort[] {
	return classes.map((one): Cohort => {
		const { id, seats, spans, rooms, facilitators } = one;
		if (rooms === null && facilitators === null)
			return {
				id,
				seats,
				slots: [{ id, spans, seats, placeId: one.placeId, roomId: null, facilitatorId: null }]
			};
		const rivals = classes.filter((other) => other.id !== id && meet(other.spans, spans)).length;
		const enough = Math.min(MOST, rivals + 1);
		const byHand = {
			rooms: only(rooms, one.roomId),
			facilitators: only(facilitators, one.facilitatorId)
		};
		const wants: Wants = {
			spans,
			rooms: byHand.rooms?.map((room) => room.id) ?? null,
			facilitators: byHand.facilitators?.map((who) => who.id) ?? null,
			...(one.facilitatorId === null ? {} : { ledByHand: true })
		};
		const near = byHand.rooms && [...Map.groupBy(byHand.rooms, ({ zone }) => zone).values()];
		return {
			id,
			seats,
			wants,
			slots: slotsOf(
				id,
				seats,
				{ ...wants, facilitators: byHand.facilitators && offered(byHand.facilitators, enough) },
				near?.flatMap((same) => same.slice(0, enough)) ?? null,
				one.placeId
			)
		};
	});
}

function offered(all: readonly Teacher[], enough: number): string[] {
	const free = all.filter(({ atCounter }) => !atCounter).slice(0, enough);
	const others = free.length < enough ? all.filter(({ atCounter }) => atCounter) : [];
	return [...free, ...others].slice(0, MOST).map(({ id }) => id);
}
const only = <One extends { id: string }>(all: readonly One[] | null, id: string | null) =>
	id === null ? all : (all?.filter((one) => one.id === id) ?? null);

/** Every pair of a room and a facilitator; `placeId` where the class meets whatever its room. */
function slotsOf(
	cohortId: string,
	seats: number,
	{ spans, facilitators }: Wants,
	rooms: readonly Pick<Place, 'id' | 'placeId'>[] | null,
	placeId: string | null
): Slot[] {
	return (rooms ?? [null]).flatMap((room) =>
		(facilitators ?? [null]).map((facilitatorId) => ({
			id: slotId(cohortId, room?.id ?? null, facilitatorId),
			spans,
			seats,
			placeId: placeId ?? room?.placeId ?? null,
			roomId: room?.id ?? null,
			facilitatorId
		}))
	);
}

export const slotId = (cohortId: string, roomId: string | null, facilitatorId: string | null): string =>
	`${cohortId} ${roomId ?? '-'} ${facilitatorId ?? '-'}`;

/** The class with a room or a facilitator lent to it, taken before others: what proves that this is what it lacks. */
export function lent(cohort: Cohort, { room, facilitator }: { room: boolean; facilitator: boolean }): Cohort {
	const { wants } = cohort;
	if (!wants) return cohort;
	const more = {
		...wants,
		rooms: room ? [`lent ${cohort.id}`, ...(wants.rooms ?? [])] : wants.rooms,
		facilitators: facilitator ? [`lent ${cohort.id}`, ...(wants.facilitators ?? [])] : wants.facilitators
	};
	const rooms = more.rooms?.map((id) => ({ id, placeId: null })) ?? null;
	return { ...cohort, wants: more, slots: slotsOf(cohort.id, cohort.seats, more, rooms, null) };
}
