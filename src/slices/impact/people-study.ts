import { invalidField, refused } from '#kernel/errors.ts';
import { PNS_GRADES, PPPK_GRADES, readGrade } from '#kernel/grades.ts';
import type { CivilDate } from '#kernel/time.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { StudyUnit } from './model.ts';

/** How the trained of a study of people were found, and whom they are compared with. */
export const TREATED_BY = ['passed', 'applicants', 'listed'] as const;
export const COMPARED_WITH = ['waiting', 'unit', 'post', 'listed'] as const;
export type TreatedBy = (typeof TREATED_BY)[number];
export type ComparedWith = (typeof COMPARED_WITH)[number];
export type Selection = {
	treatedBy: TreatedBy;
	comparedWith: ComparedWith | null;
	/** Days between which the classes ended (of applicants: began). */
	from: CivilDate | null;
	to: CivilDate | null;
};

/** The database's check constraints keep the columns to these words. */
export function selectionOf(row: {
	treatedBy: string | null;
	comparedWith: string | null;
	from: CivilDate | null;
	to: CivilDate | null;
}): Selection | null {
	const treatedBy = TREATED_BY.find((one) => one === row.treatedBy);
	if (treatedBy === undefined) return null;
	const comparedWith = COMPARED_WITH.find((one) => one === row.comparedWith) ?? null;
	return { treatedBy, comparedWith, from: row.from, to: row.to };
}

/** Ranks in one row, 1 to 17: PNS "III/c" and PPPK "IX" stand in the same ladder. Null: no grade that is known. */
export function gradeRank(grade: string | null): number | null {
	const found = readGrade(grade ?? '');
	if (found === null) return null;
	return (found.kind === 'PNS' ? PNS_GRADES.indexOf(found) : PPPK_GRADES.indexOf(found)) + 1;
}

/** Age at the start in bands of five years, counted in fives; null when it cannot be told. */
export function ageBand(bornOn: CivilDate | null, on: CivilDate | null): number | null {
	if (bornOn === null || on === null) return null;
	const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (on.slice(5) < bornOn.slice(5) ? 1 : 0);
	return Math.floor(years / 5);
}

/**
 * Groups that errors are counted by: people of one unit. Units with fewer than five of the study's people are put together,
 * in the order of their ids, until there are five; so a group never leads back to anybody, and what the bundle holds is
 * exactly what was counted. Coarser groups only make an error more careful.
 */
export function pooledGroups(people: readonly { code: string; unitId: string }[]): Map<string, string> {
	const units = [...Map.groupBy(people, ({ unitId }) => unitId)]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, own]) => own.map(({ code }) => code));
	const groups = units.filter((codes) => codes.length >= SMALLEST_GROUP);
	const alone = groups.length;
	let open: string[] = [];
	for (const codes of units) {
		if (codes.length >= SMALLEST_GROUP) continue;
		open = [...open, ...codes];
		if (open.length < SMALLEST_GROUP) continue;
		groups.push(open);
		open = [];
	}
	// What is left over joins the last pool, or the smallest of the units.
	if (open.length > 0) {
		const smallest = groups.reduce(
			(least, codes, at) => (codes.length < (groups[least]?.length ?? 0) ? at : least),
			0
		);
		const host = groups.length > alone ? groups.length - 1 : smallest;
		groups[host] = [...(groups[host] ?? []), ...open];
	}
	return new Map(groups.flatMap((codes, at) => codes.map((code) => [code, `K${at + 1}`] as const)));
}

/** A figure with the side it stands on and, of the trained, the month in which they began. */
type Together = { indicatorId: string; period: number; treated: boolean; start: number | null };

/**
 * Figures of months in which at least five stand together: on the side that is compared, or among those who began in the same
 * month. The others leave the query with nothing: their mean would be nearly theirs.
 */
export function enoughTogether<Row extends Together>(rows: readonly Row[]): Row[] {
	const place = ({ indicatorId, period, treated, start }: Together): string =>
		`${indicatorId} ${period} ${treated ? (start ?? '') : 'comparison'}`;
	const counts = new Map<string, number>();
	for (const row of rows) counts.set(place(row), (counts.get(place(row)) ?? 0) + 1);
	const few = new Set([...counts].flatMap(([key, count]) => (count < SMALLEST_GROUP ? [key] : [])));
	return few.size === 0 ? [...rows] : rows.filter((row) => !few.has(place(row)));
}

/**
 * A plan of people can be fixed when neither side, nor those who begin together, are so few that a mean would be theirs.
 * Refuses: fewer than five.
 */
export function enoughPeople(people: readonly StudyUnit[]): void {
	const sides = Map.groupBy(people, ({ treated, treatedFrom }) =>
		treated ? (treatedFrom ?? '') : 'comparison'
	);
	for (const [, own] of sides)
		if (own.length < SMALLEST_GROUP) throw refused('impact.study.fewPeople', { needed: SMALLEST_GROUP });
}

type Asked = {
	treatedBy: TreatedBy;
	comparedWith?: ComparedWith | undefined;
	from?: CivilDate | undefined;
	to?: CivilDate | undefined;
	listed?: readonly unknown[] | undefined;
};

/** Refuses: a lottery without applicants, applicants without a lottery, no window where classes are looked for, no list. */
export function selecting(asked: Asked, design: string): Selection {
	if ((design === 'lottery') !== (asked.treatedBy === 'applicants') && asked.treatedBy !== 'listed')
		throw invalidField('people.treatedBy', 'impact.study.applicantsOnly');
	const comparedWith = asked.treatedBy === 'applicants' ? null : (asked.comparedWith ?? null);
	const needsClasses = asked.treatedBy !== 'listed' || comparedWith === 'waiting';
	if (needsClasses && (asked.from === undefined || asked.to === undefined))
		throw invalidField('people.from', 'impact.study.noWindow');
	if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to)
		throw invalidField('people.to', 'impact.study.windowTurned');
	if ([asked.treatedBy, comparedWith].includes('listed') && (asked.listed ?? []).length === 0)
		throw invalidField('people.listed', 'impact.study.noList');
	return { treatedBy: asked.treatedBy, comparedWith, from: asked.from ?? null, to: asked.to ?? null };
}
