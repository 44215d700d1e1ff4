import type { Away, Counter, Span } from '../coverage.ts';
import type { Distance } from './distance.ts';

/** The question that the solver answers; README.md of this folder is its published description. */

export type Wish = 'wanted' | 'forbidden';

export type Nominee = {
	id: string;
	unitId: string;
	/** Gap in half levels, 0 to 10: who lacks more goes first. */
	gap: number;
	/** Nobody sent them to a class this year. */
	neverSent: boolean;
	/** Leave, duty and other classes. */
	away: readonly Span[];
	wishes: Readonly<Record<string, Wish>>;
};

/** Hours, a room and a facilitator that a cohort could have. A class whose sessions are fixed has one. */
export type Slot = {
	id: string;
	spans: readonly Span[];
	/** Seats of the room at most; the cohort's own seats still hold. */
	seats: number;
	/** Where it is, as `distance` knows it; null when nobody said. */
	placeId: string | null;
	roomId: string | null;
	facilitatorId: string | null;
};

/**
 * What a class whose hours are fixed still has to get, and who is free at all of them; null: it has that already. Its
 * slots are pairs of these.
 */
export type Wants = {
	spans: readonly Span[];
	rooms: readonly string[] | null;
	facilitators: readonly string[] | null;
	/** Somebody chose who teaches: they do, whatever it costs their own counter. */
	ledByHand?: boolean;
};

export type Cohort = { id: string; seats: number; slots: readonly Slot[]; wants?: Wants };

/** A slot has to be found for it: it may also get none, when others have the room or the facilitator. */
export const chooses = ({ slots, wants }: Cohort): boolean => slots.length > 1 || wants !== undefined;

/** So many of these people at most in this cohort: the class's seats for a unit or a kind of post. */
export type ShareLimit = { id: string; cohortId: string; most: number; people: ReadonlySet<string> };

/** Units spread over the cohorts (at most a third of the seats from one), kept in one cohort, or as it comes. */
export type Mixing = 'free' | 'mixed' | 'together';
export const MIXINGS: readonly Mixing[] = ['free', 'mixed', 'together'];
export const mixedShare = (seats: number): number => Math.max(1, Math.ceil(seats / 3));

export type Problem = {
	people: readonly Nominee[];
	cohorts: readonly Cohort[];
	/** Counters of the units on all days of all slots. */
	counters: readonly Counter[];
	/** Who of these units is away anyway, nominated or not. */
	away: readonly Away[];
	mixing: Mixing;
	/** Quotas of the classes, less the seats of whoever is not split here. */
	shares: readonly ShareLimit[];
	/** Placed by hand, by person: they stay, whatever it costs. All slots of a cohort that holds some have the same hours. */
	fixed: Readonly<Record<string, string>>;
	/** Unknown counts as 0. */
	distance: (unitId: string, placeId: string | null) => Distance;
};

export type Assignment = {
	/** Cohort of each person who has one. */
	places: Readonly<Record<string, string>>;
	/** Slot of each cohort that is held. */
	slots: Readonly<Record<string, string>>;
};

/**
 * What a placement is worth. One more person placed outweighs any gap, wish or distance of a single person; the rest
 * decides who and where. README.md tells why these.
 */
export const WEIGHTS = { placed: 1000, gap: 20, neverSent: 100, wanted: 30, distance: -4 } as const;

export const personWorth = ({ gap, neverSent }: Pick<Nominee, 'gap' | 'neverSent'>): number =>
	WEIGHTS.placed + WEIGHTS.gap * gap + (neverSent ? WEIGHTS.neverSent : 0);

export const placeWorth = (wish: Wish | undefined, distance: number): number =>
	(wish === 'wanted' ? WEIGHTS.wanted : 0) + WEIGHTS.distance * distance;

export const slotOf = (cohort: Cohort, slotId: string | undefined): Slot | undefined =>
	cohort.slots.find(({ id }) => id === slotId);

export const seatsIn = (cohort: Cohort, slot: Slot): number => Math.min(cohort.seats, slot.seats);

/** Value of an assignment in the same coin as the solver's objective. */
export function worthOf(problem: Problem, { places, slots }: Assignment): number {
	const cohorts = new Map(problem.cohorts.map((cohort) => [cohort.id, cohort]));
	return problem.people.reduce((sum, person) => {
		const cohort = cohorts.get(places[person.id] ?? '');
		if (!cohort) return sum;
		const placeId = slotOf(cohort, slots[cohort.id])?.placeId ?? null;
		return (
			sum +
			personWorth(person) +
			placeWorth(person.wishes[cohort.id], problem.distance(person.unitId, placeId))
		);
	}, 0);
}
