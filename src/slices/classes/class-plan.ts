import { addDays, type CivilDate } from '#kernel/time.ts';
import type { Approval, FacilitatorKind, PostKind } from './model.ts';

/**
 * A class without dates: what an earlier class and a template have in common, and all that a new class is made of. Days
 * are counted from its first, which is 1.
 */
export type ClassPlan = {
	mode: string;
	seats: number;
	place: string;
	abroad: boolean;
	/** Null: what the program asks. */
	attendancePercent: number | null;
	approval: Approval;
	/** Last day to ask for a seat: so many days before the first. Null: until it starts. */
	asksDays: number | null;
	answerHours: number | null;
	prerequisites: readonly string[];
	quotas: readonly { unitId: string | null; postKind: PostKind | null; most: number }[];
	sessions: readonly PlannedSession[];
};

export type PlannedSession = {
	/** Day of the class, the first is 1. */
	day: number;
	/** May stay on a Saturday or Sunday, because it was on one before. */
	weekend: boolean;
	from: string;
	minutes: number;
	topic: string;
	/** Counts JP. */
	teaches: boolean;
	/** Name of its module; null: the next of the curriculum, by hours. */
	module: string | null;
	mode: string;
	place: string;
	roomId: string | null;
	/** The smallest room that is free and holds the class. */
	anyRoom: boolean;
	latitude: number | null;
	longitude: number | null;
	radiusM: number | null;
	meetingLink: string | null;
	guests: string;
	/** JP that were agreed for it; null: by its length. */
	learningHours: number | null;
	teachers: readonly { personId: string; kind: string }[];
	/** Parts in which somebody is still to be found, the leader first. */
	facilitators: readonly FacilitatorKind[];
};

/** The day on which a day of the plan falls, and the days that it steps over. */
export type DayAgain = { on: CivilDate; wanted: CivilDate; skipped: readonly CivilDate[] };

export const isWeekend = (day: CivilDate): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;

/**
 * The days of a plan as dates, by the number of the day: the first on `startsOn`, the others as far apart as planned,
 * each pushed on to the next that is no holiday, no weekend (unless it may be) and not yet taken by an earlier day.
 */
export function daysFrom(
	days: readonly { day: number; weekend: boolean }[],
	startsOn: CivilDate,
	holidays: { has: (day: CivilDate) => boolean }
): Map<number, DayAgain> {
	const weekend = new Map<number, boolean>();
	for (const one of days) weekend.set(one.day, one.weekend || (weekend.get(one.day) ?? false));
	const again = new Map<number, DayAgain>();
	let earliest = startsOn;
	for (const day of [...weekend.keys()].sort((a, b) => a - b)) {
		const wanted = addDays(startsOn, day - 1);
		const skipped: CivilDate[] = [];
		let on = wanted;
		while (on < earliest || holidays.has(on) || (isWeekend(on) && weekend.get(day) !== true)) {
			skipped.push(on);
			on = addDays(on, 1);
		}
		again.set(day, { on, wanted, skipped });
		earliest = addDays(on, 1);
	}
	return again;
}

/**
 * Which module each teaching session takes when its plan names none: those of the curriculum in their order, each until
 * its hours are used up; the last takes whatever is left. Answers by the session's place, null for those that teach none.
 * @law BPS letter B-031/BPS/2600/02/2019: 1 JP = 45 minutes
 */
export function spreadModules<Module extends { name: string; learningHours: number }>(
	sessions: readonly { teaches: boolean; module: string | null; minutes: number }[],
	modules: readonly Module[]
): (Module | null)[] {
	const byName = new Map(modules.map((module) => [module.name, module]));
	let at = 0;
	let used = 0;
	return sessions.map(({ teaches, module, minutes }) => {
		if (!teaches) return null;
		if (module !== null) return byName.get(module) ?? null;
		const next = modules[at] ?? null;
		used += minutes / 45;
		if (next !== null && used >= next.learningHours - 0.01 && at < modules.length - 1) {
			at += 1;
			used = 0;
		}
		return next;
	});
}
