import { roundDecimal } from '#kernel/statistics/round.ts';
import type { CivilDate } from '#kernel/time.ts';

export type RatingSource = 'assessment' | 'supervisor' | 'self';
export type Rating = { source: RatingSource; level: number; on: CivilDate };

/** Most trusted first: an assessment centre measures, a supervisor sees, oneself feels. */
export const SOURCE_ORDER = ['assessment', 'supervisor', 'self'] as const satisfies readonly RatingSource[];

/**
 * Levels missing for the post: above zero is a need, below zero a reserve; null while nothing was measured.
 * @law PP 11/2017 Ps 206: profile against the standard of the post
 */
export function gap(required: number, actual: number | null): number | null {
	return actual === null ? null : required - actual;
}

export type ChosenLevel = {
	level: number;
	source: RatingSource;
	on: CivilDate;
	/** The latest rating of each source, most trusted first: all of them stay to be seen. */
	ratings: Rating[];
	/** Highest minus lowest of those; 0 with one source. Two or more deserve a talk before they deserve a course. */
	spread: number;
};

/** The level to plan with: assessment before supervisor before self; of one source the latest. Null without any. */
export function chooseLevel(ratings: readonly Rating[]): ChosenLevel | null {
	const latest = SOURCE_ORDER.flatMap((source) => {
		const ofSource = ratings.filter((rating) => rating.source === source);
		return ofSource.length > 0 ? [ofSource.reduce((a, b) => (b.on >= a.on ? b : a))] : [];
	});
	const chosen = latest[0];
	if (chosen === undefined) return null;
	const levels = latest.map(({ level }) => level);
	return { ...chosen, ratings: latest, spread: Math.max(...levels) - Math.min(...levels) };
}

/** From `from` per cent on; ordered by falling `from`, the last one from 0. */
export type MatchBand<Key extends string = string> = { from: number; key: Key };

export type JobPersonMatch<Key extends string = string> = {
	/** Two decimals. */
	percent: number;
	band: Key | null;
	/** Competencies below the standard. */
	gaps: number;
	/** Competencies without a rating: left out on both sides, so that the unmeasured do not look unable. */
	unmeasured: number;
};

/**
 * JPM: sum of actual levels / sum of required levels × 100. Capped (the default) counts no level above the standard,
 * so strength in one competency does not hide a gap in another. Null when nothing was measured. The bands differ
 * between agencies and years: rows of their ruleset, given as argument.
 */
export function jobPersonMatch<Key extends string>(
	levels: readonly { required: number; actual: number | null }[],
	bands: readonly MatchBand<Key>[],
	{ capped = true }: { capped?: boolean } = {}
): JobPersonMatch<Key> | null {
	const measured = levels.flatMap(({ required, actual }) => (actual === null ? [] : [{ required, actual }]));
	const required = measured.reduce((sum, level) => sum + level.required, 0);
	if (required <= 0) return null;
	const reached = measured.reduce(
		(sum, level) => sum + (capped ? Math.min(level.actual, level.required) : level.actual),
		0
	);
	const percent = Number(roundDecimal((reached * 100) / required, 2));
	return {
		percent,
		band: bands.find(({ from }) => percent >= from)?.key ?? null,
		gaps: measured.filter((level) => level.actual < level.required).length,
		unmeasured: levels.length - measured.length
	};
}
