import { didOf } from './differenceInDifferences.ts';
import { panelOf, type Panel, type PanelRow } from './panel.ts';
import { randomFrom, shuffled } from './random.ts';
import type { Interval } from './student.ts';

export type PowerPlan = {
	/** The units that would be trained. */
	treated: number;
	/** Periods after the start that would be looked at; the history's last ones play them. */
	after: number;
	alpha?: number;
	power?: number;
	draws?: number;
	seed?: number;
	/** How many periods after the first start each trained unit begins; all at once unless given. */
	waves?: readonly number[];
	/** The estimate that is planned; two-way differences unless given. Null where a world has none. */
	estimate?: (world: World, level: number) => Estimate | null;
};

/** The history with units dealt out to be trained: first trained period of each, Infinity for never. */
export type World = Panel & { starts: Float64Array };
type Estimate = { estimate: number | null; interval: Interval | null };

export type DetectableEffect = {
	/** Smallest effect found in a share `power` of worlds, in the indicator's own unit. */
	smallest: number;
	/** Share of worlds without any effect in which the test cried out all the same; should be near alpha. */
	falseAlarms: number;
	draws: number;
};
export type NoPower = 'tooFewUnits' | 'tooFewPeriods' | 'constant';

/**
 * What could a study see? By simulation on the agency's own history, in which nobody was trained: units are dealt out to be
 * "trained" in the last periods, over and over, and the planned estimate is made each time (Bertrand, Duflo & Mullainathan 2004).
 * The scatter of those estimates of nothing, with all the indicator's own ups and downs in it, tells which effect would stand
 * out: the smallest that, added to them, is called so in a share `power` of the draws. That sum is exact for an estimate that
 * an effect, the same for every trained unit and period, lifts by itself: two-way differences, the (adjusted) difference of
 * means, means of group-time effects, and pairs matched on what was before. Units with holes are left to the estimator.
 * `history`'s flags are not read.
 */
export function detectableEffect(
	history: readonly PanelRow[],
	{
		treated,
		after,
		alpha = 0.05,
		power = 0.8,
		draws = 400,
		seed = 1,
		waves = [],
		estimate = didOf
	}: PowerPlan
): DetectableEffect | NoPower {
	const units = new Set(history.map(({ unit }) => unit)).size;
	const periods = [...new Set(history.map(({ period }) => period))].sort((a, b) => a - b);
	// Where all are trained in the end, those who begin later are compared with.
	const compared = new Set(waves).size > 1 ? units : units - treated;
	if (treated < 2 || compared < 2 || treated > units) return 'tooFewUnits';
	const start = periods.at(-after);
	if (start === undefined || after < 1 || periods.length - after < 1) return 'tooFewPeriods';
	const begins = Float64Array.from(
		{ length: treated },
		(_, at) => periods[periods.length - after + Math.min(waves[at] ?? 0, after - 1)] ?? start
	);
	const random = randomFrom(seed);
	const worlds: { estimate: number; reach: number }[] = [];
	const untouched = panelOf(history.map((row) => ({ ...row, treated: false, post: false })));
	const places = [...Array(untouched.units).keys()];
	for (let draw = 0; draw < draws; draw++) {
		const starts = new Float64Array(untouched.units).fill(Infinity);
		shuffled(places, random)
			.slice(0, treated)
			.forEach((unit, at) => (starts[unit] = begins[at] ?? start));
		const side = Uint8Array.from(untouched.unitOf, (unit) => (starts[unit] === Infinity ? 0 : 1));
		const post = untouched.periodOf.map((place, row) =>
			(untouched.periods[place] ?? 0) >= (starts[untouched.unitOf[row] ?? 0] ?? Infinity) ? 1 : 0
		);
		const found = estimate({ ...untouched, treated: side, post: Uint8Array.from(post), starts }, 1 - alpha);
		if (found === null || found.estimate === null || found.interval === null) continue;
		worlds.push({ estimate: found.estimate, reach: (found.interval.upper - found.interval.lower) / 2 });
	}
	return seenIn(worlds, draws, power);
}

function seenIn(
	worlds: readonly { estimate: number; reach: number }[],
	draws: number,
	power: number
): DetectableEffect | NoPower {
	if (worlds.length < draws / 2) return 'tooFewPeriods';
	if (worlds.every(({ reach }) => reach === 0)) return 'constant';
	// An effect is seen where it lifts a world's estimate above that world's own margin.
	const needed = worlds.map(({ estimate, reach }) => reach - estimate).sort((a, b) => a - b);
	const smallest = Math.max(
		0,
		needed[Math.min(needed.length - 1, Math.ceil(power * needed.length) - 1)] ?? 0
	);
	const falseAlarms =
		worlds.reduce((count, { estimate, reach }) => count + (Math.abs(estimate) > reach ? 1 : 0), 0) /
		worlds.length;
	return { smallest, falseAlarms, draws: worlds.length };
}
