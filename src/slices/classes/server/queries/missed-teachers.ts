import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { partsByDay, type Missed } from '../../conflicts.ts';
import { coverageOf, missedFor } from '../../coverage.ts';
import { awayOn, countersOn, staffingOf, unitsNeeding } from '../cohorts/staffing.ts';

type Taught = { id: string; on: CivilDate; from: string; minutes: number; teachers: readonly string[] };

/**
 * Sessions whose facilitators are missed at their own counters, and for how long, by the coverage rule: with leave, duty,
 * other classes and whatever else they teach. One statement where nobody who teaches stands at a counter, else three more.
 * Asks nobody's permission: the caller shows it to who plans.
 */
export async function missedTeachers(db: Db, sessions: readonly Taught[]): Promise<Map<string, Missed[]>> {
	const found = new Map<string, Missed[]>();
	const teachers = [...new Set(sessions.flatMap((one) => one.teachers))];
	const units = await unitsNeeding(db, teachers);
	if (units.length === 0) return found;
	const staffing = await staffingOf(db, units);
	const standing = new Set(staffing.flatMap(({ staff }) => staff.map(({ personId }) => personId)));
	const theirs = sessions.filter((one) => one.teachers.some((id) => standing.has(id)));
	const spans = new Map(theirs.map((one) => [one.id, partsByDay(one)]));
	const days = [...new Set([...spans.values()].flatMap((parts) => parts.map(({ day }) => day)))];
	const away = await awayOn(db, [...standing], days);
	const covered = coverageOf(countersOn(staffing, days, away, [...spans.values()].flat()), away);
	for (const { id, teachers: who } of theirs) {
		const missed = who.flatMap((personId) => missedFor(covered, personId, spans.get(id) ?? []) ?? []);
		if (missed.length > 0)
			found.set(
				id,
				missed.map(({ unitId, roles, minutes }) => ({
					name: `${roles.join(' + ')}, ${staffing.find((unit) => unit.unitId === unitId)?.unitName ?? ''}`,
					minutes
				}))
			);
	}
	return found;
}
