import { didOf } from '#kernel/statistics/differenceInDifferences.ts';
import { matchNearest } from '#kernel/statistics/matching.ts';
import { keptRows, type PanelRow } from '#kernel/statistics/panel.ts';
import {
	detectableEffect,
	type DetectableEffect,
	type NoPower,
	type World
} from '#kernel/statistics/power.ts';
import type { Method } from './estimate.ts';
import { byLot } from './estimate-lottery.ts';
import { columnsOf, strataOf, type Known } from './estimate-matched.ts';
import { groupsEffect } from './estimate-staggered.ts';
import { unitsOf, type UnitMeans } from './estimate-units.ts';
import type { Covariate, Design } from './model.ts';

export type PowerPlan = {
	/** The design that will be followed: a lottery without a draw is an ordinary comparison. */
	design: Design;
	/** Months of start of the units to be trained; empty before the draw. */
	starts: readonly number[];
	monthsAfter: number | null;
	covariates: readonly Covariate[];
	people: ReadonlyMap<string, number>;
	traits?: Known['traits'];
	draws: number;
};

/** `noVerdict`: plain before and after answers nothing, so there is nothing to be seen; nor is there where all are trained at once. */
export type Found = DetectableEffect | NoPower | 'noVerdict' | 'noComparison';

/** The estimate that is simulated: the one a design's answer rests on. */
export const SIMULATED: Readonly<Record<Design, Method>> = {
	lottery: 'adjusted',
	staggered_start: 'groups',
	matched: 'matched',
	before_after_comparison: 'twoWay',
	before_after: 'change'
};

/**
 * What a study could see, by simulation on its units' own history with the estimator that its design will be judged by: the
 * adjusted difference of means for a lottery, Callaway-Sant'Anna with the plan's own steps for staggered starts, matching made
 * anew in every draw, two-way differences else. The history has to play both parts, at least as long before as after; steps
 * that need more are drawn closer together.
 */
export function powerByDesign(
	history: readonly PanelRow[],
	plan: PowerPlan
): { found: Found; after: number } {
	const periods = [...new Set(history.map(({ period }) => period))].sort((a, b) => a - b);
	const units = new Set(history.map(({ unit }) => unit)).size;
	const first = Math.min(...plan.starts);
	const steps = plan.starts.map((start) => start - first);
	const furthest = Math.max(0, ...steps);
	const wanted = plan.monthsAfter === null ? Infinity : plan.monthsAfter + furthest;
	const after = Math.max(1, Math.min(wanted, Math.floor(periods.length / 2)));
	if (plan.design === 'before_after') return { found: 'noVerdict', after };
	// The last step keeps at least half of the time after, or nothing could be seen of it.
	const closer = Math.min(1, furthest === 0 ? 1 : Math.ceil(after / 2) / furthest);
	const waves = plan.design === 'staggered_start' ? steps.map((step) => Math.round(step * closer)) : [];
	const trained = plan.starts.length;
	const everybody = trained === units && new Set(waves).size > 1;
	if (trained > 0 && trained === units && !everybody) return { found: 'noComparison', after };
	const start = periods.at(-after) ?? null;
	return {
		found: detectableEffect(history, {
			// Before the draw half of the applicants stand for the trained.
			treated: everybody || (trained > 0 && trained < units) ? trained : Math.floor(units / 2),
			after,
			draws: plan.draws,
			waves,
			...estimatorOf(plan, unitsOf(history, start), unitNames(history))
		}),
		after
	};
}

/** In the order in which the kernel counts units. */
const unitNames = (rows: readonly PanelRow[]): string[] => [...new Set(rows.map(({ unit }) => unit))];

function estimatorOf(
	{ design, covariates, people, traits }: PowerPlan,
	means: UnitMeans,
	names: readonly string[]
) {
	const places = new Map(names.map((name, place) => [name, place]));
	const sidesOf = ({ starts }: World): Uint8Array =>
		Uint8Array.from(means.ids, (id) => (starts[places.get(id) ?? 0] === Infinity ? 0 : 1));
	switch (design) {
		case 'lottery':
			return { estimate: (world: World) => byLot({ ...means, treated: sidesOf(world) }).main };
		case 'staggered_start':
			return { estimate: (world: World, level: number) => groupsEffect(world, world.starts, level).main };
		case 'matched': {
			const { used } = columnsOf(covariates, means, { people, traits });
			const exact = strataOf(covariates, means.ids, traits);
			return {
				estimate: (world: World, level: number) => {
					const found = matchNearest(sidesOf(world), used, exact === null ? {} : { exact });
					if (typeof found === 'string') return null;
					const kept = new Set(means.ids.flatMap((id, at) => (found.weights[at] ? [places.get(id)] : [])));
					return didOf(
						keptRows(
							world,
							Uint8Array.from(world.unitOf, (unit) => (kept.has(unit) ? 1 : 0))
						),
						level,
						{ bare: true }
					);
				}
			};
		}
		default:
			return { estimate: (world: World, level: number) => didOf(world, level, { bare: true }) };
	}
}
