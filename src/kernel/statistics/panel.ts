/**
 * One unit in one period. `period` is a whole number that counts periods (months: year × 12 + month). `post` is
 * true in the treated unit's periods from its start on; a comparison row's flag is not read, its before and after
 * follow the first start among the treated. `cluster`, for all rows or for none, names the group that a unit belongs to
 * throughout (people of one office): within it anything may go together, and errors are counted by it.
 */
export type PanelRow = {
	unit: string;
	period: number;
	treated: boolean;
	post: boolean;
	value: number;
	cluster?: string;
};

/** Which unit and which period each row belongs to, as places in two lists. */
export type PanelPlaces = {
	unitOf: Int32Array;
	units: number;
	periodOf: Int32Array;
	/** Ascending. */
	periods: Float64Array;
	/** The cluster of each unit, counted from 0; absent: each unit is its own. */
	clusterOf?: Int32Array;
	clusters?: number;
};

/** How many clusters errors are counted by, and which one a unit is in. */
export const clusterCount = ({ units, clusters }: PanelPlaces): number => clusters ?? units;
export const clusterAt = ({ clusterOf }: PanelPlaces, unit: number): number => clusterOf?.[unit] ?? unit;

/** The rows in columns: a million of them in a few arrays. */
export type Panel = PanelPlaces & { treated: Uint8Array; post: Uint8Array; value: Float64Array };

/** Throws RangeError at a value that is no finite number, a period that is not whole, a unit on both sides. */
export function panelOf(rows: readonly PanelRow[]): Panel {
	const places = placesOf(rows);
	const treated = new Uint8Array(rows.length);
	const post = new Uint8Array(rows.length);
	const value = new Float64Array(rows.length);
	const sides = new Int8Array(places.units).fill(-1);
	rows.forEach((row, at) => {
		if (!Number.isFinite(row.value))
			throw new RangeError(`value of ${row.unit} in ${row.period} is no number`);
		if (!Number.isInteger(row.period))
			throw new RangeError(`period of ${row.unit} is no whole number: ${row.period}`);
		const unit = places.unitOf[at] ?? 0;
		const side = row.treated ? 1 : 0;
		if (sides[unit] !== -1 && sides[unit] !== side) throw new RangeError(`${row.unit} is on both sides`);
		sides[unit] = side;
		treated[at] = side;
		post[at] = row.post ? 1 : 0;
		value[at] = row.value;
	});
	return { ...places, treated, post, value };
}

export function placesOf(rows: readonly { unit: string; period: number; cluster?: string }[]): PanelPlaces {
	const units = new Map<string, number>();
	const unitOf = new Int32Array(rows.length);
	const seen = new Set<number>();
	const clusters = new Map<string, number>();
	const clusterOf: number[] = [];
	rows.forEach(({ unit, period, cluster }, at) => {
		let place = units.get(unit);
		if (place === undefined) {
			units.set(unit, (place = units.size));
			if (cluster !== undefined) {
				if (!clusters.has(cluster)) clusters.set(cluster, clusters.size);
				clusterOf.push(clusters.get(cluster) ?? 0);
			}
		}
		unitOf[at] = place;
		seen.add(period);
	});
	const periods = Float64Array.from(seen).sort();
	const placeOf = new Map([...periods].map((period, place) => [period, place]));
	return {
		unitOf,
		units: units.size,
		periods,
		periodOf: Int32Array.from(rows, ({ period }) => placeOf.get(period) ?? 0),
		...(clusters.size === 0 ? {} : { clusterOf: Int32Array.from(clusterOf), clusters: clusters.size })
	};
}

/** The rows for which `keep` is not 0, their units and periods counted anew. */
export function keptRows(panel: Panel, keep: Uint8Array): Panel {
	const count = keep.reduce((sum, one) => sum + (one === 0 ? 0 : 1), 0);
	if (count === keep.length) return panel;
	const rows = new Int32Array(count);
	for (let at = 0, next = 0; at < keep.length; at++) if (keep[at] !== 0) rows[next++] = at;
	const unitPlaces = renumbered(panel.unitOf, panel.units, rows);
	const periodPlaces = renumbered(panel.periodOf, panel.periods.length, rows);
	return {
		unitOf: unitPlaces.of,
		units: unitPlaces.old.length,
		periodOf: periodPlaces.of,
		periods: Float64Array.from(periodPlaces.old, (place) => panel.periods[place] ?? 0),
		treated: Uint8Array.from(rows, (at) => panel.treated[at] ?? 0),
		post: Uint8Array.from(rows, (at) => panel.post[at] ?? 0),
		value: Float64Array.from(rows, (at) => panel.value[at] ?? 0),
		...keptClusters(panel, unitPlaces.old)
	};
}

function keptClusters({ clusterOf }: Panel, units: readonly number[]) {
	if (clusterOf === undefined) return {};
	const places = new Map<number, number>();
	const kept = Int32Array.from(units, (unit) => {
		const old = clusterOf[unit] ?? 0;
		if (!places.has(old)) places.set(old, places.size);
		return places.get(old) ?? 0;
	});
	return { clusterOf: kept, clusters: places.size };
}

/** New places without holes, in the old order; `old[new]` is the place before. */
function renumbered(places: Int32Array, count: number, rows: Int32Array): { of: Int32Array; old: number[] } {
	const used = new Uint8Array(count);
	for (const at of rows) used[places[at] ?? 0] = 1;
	const fresh = new Int32Array(count);
	const old: number[] = [];
	for (let place = 0; place < count; place++) {
		fresh[place] = old.length;
		if (used[place] === 1) old.push(place);
	}
	return { of: Int32Array.from(rows, (at) => fresh[places[at] ?? 0] ?? 0), old };
}
