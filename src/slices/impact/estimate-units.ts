import type { PanelRow } from '#kernel/statistics/panel.ts';

/** Each unit that was measured on both sides of the start, with its means. */
export type UnitMeans = {
	ids: string[];
	means: { before: number; after: number }[];
	/** Slope a month before the start; 0 with a single month. */
	slopes: Float64Array;
	treated: Uint8Array;
	/** The cluster of each, of people; undefined where every unit is its own. */
	clusters?: Int32Array | undefined;
};

/** One line a unit. The start is the first among the treated; units without both sides tell nothing of a change. */
export function unitsOf(rows: readonly PanelRow[], start: number | null): UnitMeans {
	const ids: string[] = [];
	const means: UnitMeans['means'] = [];
	const slopes: number[] = [];
	const treated: number[] = [];
	const named = new Map<string, number>();
	const clusters: number[] = [];
	for (const [unit, own] of Map.groupBy(rows, (row) => row.unit)) {
		const before = own.filter(({ period }) => start !== null && period < start);
		const after = own.filter(({ period }) => start !== null && period >= start);
		if (before.length === 0 || after.length === 0) continue;
		ids.push(unit);
		means.push({ before: meanOf(before), after: meanOf(after) });
		slopes.push(slopeOf(before));
		treated.push(own[0]?.treated === true ? 1 : 0);
		const cluster = own[0]?.cluster;
		if (cluster === undefined) continue;
		if (!named.has(cluster)) named.set(cluster, named.size);
		clusters.push(named.get(cluster) ?? 0);
	}
	return {
		ids,
		means,
		slopes: Float64Array.from(slopes),
		treated: Uint8Array.from(treated),
		...(named.size === 0 ? {} : { clusters: Int32Array.from(clusters) })
	};
}

const meanOf = (rows: readonly PanelRow[]): number =>
	rows.reduce((sum, { value }) => sum + value, 0) / rows.length;

function slopeOf(rows: readonly PanelRow[]): number {
	const centre = rows.reduce((sum, { period }) => sum + period, 0) / rows.length;
	const mean = meanOf(rows);
	let across = 0;
	let along = 0;
	for (const { period, value } of rows) {
		across += (period - centre) * (value - mean);
		along += (period - centre) ** 2;
	}
	return along === 0 ? 0 : across / along;
}

/**
 * First treated period of each unit, in the order in which the rows name them; Infinity for never. What was planned goes
 * before what was measured, because a month missing at the start is a hole and not a later start, which would make the
 * unit a group of its own. It is moved to the next period that anybody was measured in.
 */
export function startsIn(
	rows: readonly PanelRow[],
	units: number,
	planned: ReadonlyMap<string, number>
): Float64Array {
	const places = new Map<string, number>();
	const starts = new Float64Array(units).fill(Infinity);
	for (const { unit, treated, post, period } of rows) {
		const place = places.get(unit) ?? places.size;
		places.set(unit, place);
		if (treated && post) starts[place] = Math.min(starts[place] ?? Infinity, period);
	}
	const periods = [...new Set(rows.map(({ period }) => period))].sort((a, b) => a - b);
	for (const [unit, place] of places) {
		const start = planned.get(unit);
		if (start !== undefined) starts[place] = periods.find((period) => period >= start) ?? Infinity;
	}
	return starts;
}

export function firstStart(rows: readonly PanelRow[]): number | null {
	let first = Infinity;
	for (const { treated, post, period } of rows) if (treated && post && period < first) first = period;
	return first === Infinity ? null : first;
}
