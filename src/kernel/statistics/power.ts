import { didOf } from './differenceInDifferences.ts';
import { panelOf, type PanelRow } from './panel.ts';
import { randomFrom, shuffled } from './random.ts';

export type PowerPlan = {
	/** The units that would be trained. */
	treated: number;
	/** Periods after the start that would be looked at; the history's last ones play them. */
	after: number;
	alpha?: number;
	power?: number;
	draws?: number;
	seed?: number;
};

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
 * out: the smallest that, added to them, is called so in a share `power` of the draws. Units with holes are left to the
 * estimator. `history`'s flags are not read.
 */
export function detectableEffect(
	history: readonly PanelRow[],
	{ treated, after, alpha = 0.05, power = 0.8, draws = 400, seed = 1 }: PowerPlan
): DetectableEffect | NoPower {
	const units = new Set(history.map(({ unit }) => unit)).size;
	const periods = [...new Set(history.map(({ period }) => period))].sort((a, b) => a - b);
	if (treated < 2 || units - treated < 2) return 'tooFewUnits';
	const start = periods.at(-after);
	if (start === undefined || after < 1 || periods.length - after < 1) return 'tooFewPeriods';
	const random = randomFrom(seed);
	const worlds: { estimate: number; reach: number }[] = [];
	const untouched = panelOf(history.map((row) => ({ ...row, treated: false, post: false })));
	const late = Uint8Array.from(untouched.periodOf, (place) =>
		(untouched.periods[place] ?? 0) >= start ? 1 : 0
	);
	const places = [...Array(untouched.units).keys()];
	for (let draw = 0; draw < draws; draw++) {
		const chosen = new Uint8Array(untouched.units);
		for (const unit of shuffled(places, random).slice(0, treated)) chosen[unit] = 1;
		const side = Uint8Array.from(untouched.unitOf, (unit) => chosen[unit] ?? 0);
		const post = late.map((one, row) => one * (side[row] ?? 0));
		const { estimate, interval } = didOf({ ...untouched, treated: side, post }, 1 - alpha);
		if (estimate === null || interval === null) continue;
		worlds.push({ estimate, reach: (interval.upper - interval.lower) / 2 });
	}
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
