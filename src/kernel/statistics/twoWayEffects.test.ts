import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { twoWayEffects, type EffectsRow } from './twoWayEffects.ts';

type Matrix = number[][];
const cell = (m: Matrix, i: number, j: number): number => m[i]?.[j] ?? 0;
const times = (a: Matrix, b: Matrix): Matrix =>
	a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * cell(b, k, j), 0)));
const transpose = (m: Matrix): Matrix => (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? 0));

/** Gauss-Jordan with row exchange. */
function inverse(m: Matrix): Matrix {
	const n = m.length;
	const work = m.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
	for (let k = 0; k < n; k++) {
		let best = k;
		for (let i = k; i < n; i++) if (Math.abs(cell(work, i, k)) > Math.abs(cell(work, best, k))) best = i;
		[work[k], work[best]] = [work[best] ?? [], work[k] ?? []];
		const pivot = cell(work, k, k);
		work[k] = (work[k] ?? []).map((value) => value / pivot);
		for (let i = 0; i < n; i++) {
			const factor = cell(work, i, k);
			if (i !== k) work[i] = (work[i] ?? []).map((value, j) => value - factor * cell(work, k, j));
		}
	}
	return work.map((row) => row.slice(n));
}

/** The textbook way: dummies for all units and all periods but one, (X′X)⁻¹ X′ΣX (X′X)⁻¹ with the CR1 factor. */
function byMatrices(rows: EffectsRow[]): { coefficient: number; standardError: number } {
	const units = [...new Set(rows.map(({ unit }) => unit))];
	const periods = [...new Set(rows.map(({ period }) => period))];
	const dummies = (row: EffectsRow) => [
		row.x,
		...units.map((unit) => (unit === row.unit ? 1 : 0)),
		...periods.slice(1).map((period) => (period === row.period ? 1 : 0))
	];
	const X = rows.map(dummies);
	const bread = inverse(times(transpose(X), X));
	const beta = times(
		bread,
		times(
			transpose(X),
			rows.map(({ y }) => [y])
		)
	);
	const fitted = times(X, beta);
	const scores = units.map((unit) =>
		rows.reduce(
			(sum, row, i) =>
				row.unit === unit ? sum.map((s, j) => s + cell(X, i, j) * (row.y - cell(fitted, i, 0))) : sum,
			new Array<number>(dummies(rows[0] ?? { unit: '', period: 0, x: 0, y: 0 }).length).fill(0)
		)
	);
	const meat = times(transpose(scores), scores);
	const [G, N, K] = [units.length, rows.length, 1 + periods.length];
	const small = (G / (G - 1)) * ((N - 1) / (N - K));
	const variance = cell(times(times(bread, meat), bread), 0, 0) * small;
	return { coefficient: cell(beta, 0, 0), standardError: Math.sqrt(variance) };
}

const TREATED = new Set(['a', 'b']);
const holed: EffectsRow[] = (
	[
		['a', [10, 11.5, 9, 8.5]],
		['b', [14, null, 12, 13.5]],
		['c', [9, 9.5, 10.5, 10]],
		['d', [20, 18.5, null, 21]],
		['e', [12, 13, 12, 14.5]]
	] as const
).flatMap(([unit, values]) =>
	values.flatMap((y, index) =>
		y === null ? [] : [{ unit, period: index + 1, x: TREATED.has(unit) && index >= 2 ? 1 : 0, y }]
	)
);

describe('two-way effects on a panel with holes', () => {
	test('agree with numpy’s explicit matrices, printed to the last digit', () => {
		const result = twoWayEffects(holed);
		expect(result?.coefficient).toBeCloseTo(-2.778361344537818, 12);
		expect(result?.standardError).toBeCloseTo(0.373003586984721, 12);
		expect(result).toMatchObject({ clusters: 5, observations: 18 });
	});

	test('agree with the textbook sandwich on any small panel', () => {
		const value = fc.double({ min: -50, max: 50, noNaN: true });
		const panel = fc.array(fc.tuple(value, fc.boolean()), { minLength: 30, maxLength: 30 });
		fc.assert(
			fc.property(panel, (cells) => {
				const rows = cells.flatMap(([y, hole], index) => {
					const unit = index % 6;
					const period = Math.floor(index / 6);
					// A quarter of the inner cells are missing; the corners hold the panel together.
					if (hole && unit > 0 && period > 0 && (unit + period) % 2 === 0) return [];
					return [{ unit: `u${unit}`, period, x: unit < 3 && period >= 3 ? 1 : 0, y }];
				});
				const expected = byMatrices(rows);
				const actual = twoWayEffects(rows);
				expect(actual?.coefficient).toBeCloseTo(expected.coefficient, 8);
				expect(actual?.standardError).toBeCloseTo(expected.standardError, 8);
			}),
			{ numRuns: 60 }
		);
	});
});

describe('what the effects swallow', () => {
	test('a regressor that only differs between units has no coefficient', () => {
		expect(twoWayEffects(holed.map((row) => ({ ...row, x: TREATED.has(row.unit) ? 1 : 0 })))).toBeNull();
	});

	test('a regressor that only differs between periods has none either', () => {
		expect(twoWayEffects(holed.map((row) => ({ ...row, x: row.period })))).toBeNull();
	});

	test('no rows, no answer', () => {
		expect(twoWayEffects([])).toBeNull();
	});

	test('a level common to all or to one unit or period changes nothing', () => {
		const shifted = holed.map((row) => ({
			...row,
			y: row.y + 1e7 + (row.unit === 'c' ? 300 : 0) + row.period * 40
		}));
		expect(twoWayEffects(shifted)?.coefficient).toBeCloseTo(-2.778361344537818, 7);
		expect(twoWayEffects(shifted)?.standardError).toBeCloseTo(0.373003586984721, 7);
	});
});
