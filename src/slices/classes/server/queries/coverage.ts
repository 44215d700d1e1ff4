import type { Db } from '#platform/db/db.ts';
import { coverageOf, WHOLE_DAY, type Covered } from '../../coverage.ts';
import { awayOn, countersOn, staffingOf } from '../cohorts/staffing.ts';

/** A role of a unit on a day at its thinnest hour. */
export type CoverageLine = {
	day: string;
	roles: readonly string[];
	from: number;
	to: number;
	required: number;
	/** Who can fill it. */
	staff: number;
	present: number;
	mayBeAway: number;
	/** Names of who is away then. */
	missing: readonly string[];
};

export type UnitCoverage = { unitId: string; lines: CoverageLine[]; counters: Covered[] };

/**
 * How a unit's counters are covered on these days, with leave, duty and the seats that are given: what an approval, a
 * class and a split show. A unit without a minimum has no lines. Asks nobody's permission; the screen decides who sees
 * it. `counters` are for `shortWithout` (public.ts): whether one more person may leave.
 */
export async function coverageOn(db: Db, unitId: string, days: readonly string[]): Promise<UnitCoverage> {
	const staffing = await staffingOf(db, [unitId]);
	const staff = staffing.flatMap((unit) => unit.staff);
	const away = await awayOn(
		db,
		staff.map(({ personId }) => personId),
		days
	);
	const names = new Map(staff.map(({ personId, name }) => [personId, name]));
	const counters = coverageOf(countersOn(staffing, days, away), away);
	return { unitId, counters, lines: thinnest(counters, names) };
}

/** Of each set of roles on a day the stretch that can spare fewest; a whole day that is all the same is one line. */
export function thinnest(counters: readonly Covered[], names: ReadonlyMap<string, string>): CoverageLine[] {
	const lines = new Map<string, Covered>();
	const spare = (one: Covered) => one.present - one.required;
	for (const counter of counters) {
		const key = `${counter.unitId} ${counter.day} ${counter.roles.join('|')}`;
		const known = lines.get(key);
		if (!known || spare(counter) < spare(known)) lines.set(key, { ...counter });
		else if (spare(counter) === spare(known) && counter.from === known.to) known.to = counter.to;
	}
	return [...lines.values()].map((one) => ({
		day: one.day,
		roles: one.roles,
		from: Math.max(one.from, WHOLE_DAY.from),
		to: one.to,
		required: one.required,
		staff: one.holders.length,
		present: one.present,
		mayBeAway: one.mayBeAway,
		missing: one.missing.flatMap((id) => names.get(id) ?? [])
	}));
}
