import { normalReach } from './normal.ts';
import type { Interval } from './student.ts';

export type Kappa = {
	n: number;
	/** Share of cases on which the two agree, and the share that chance alone would give their margins. */
	observed: number;
	expected: number;
	/** Null when both always say one and the same thing: chance then explains all of it. */
	kappa: number | null;
	standardError: number | null;
	/** Null without a kappa, and for a perfect or single table, whose standard error is no measure of anything. */
	interval: Interval | null;
};

/**
 * Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 37-46:
 * κ = (p_o − p_e) / (1 − p_e) of a square table of counts, one coder's categories in rows, the other's in columns.
 *
 * Its standard error is the large-sample one of Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323-327:
 *   n (1 − p_e)⁴ var κ = Σ p_ii [(1 − p_e) − (p_i. + p_.i)(1 − p_o)]² + (1 − p_o)² Σ_{i≠j} p_ij (p_.i + p_j.)²
 *                        − (p_o p_e − 2 p_e + p_o)²
 * It assumes independent cases and coders who did not look at each other's work.
 */
export function cohenKappa(counts: readonly (readonly number[])[], level = 0.95): Kappa {
	const n = counts.flat().reduce((sum, count) => sum + count, 0);
	if (counts.some((row) => row.length !== counts.length)) throw new RangeError('not a square table');
	if (n <= 0) return { n: 0, observed: 0, expected: 0, kappa: null, standardError: null, interval: null };
	const p = (i: number, j: number) => (counts[i]?.[j] ?? 0) / n;
	const all = counts.map((_, index) => index);
	const sumOf = (term: (i: number) => number) => all.reduce((sum, i) => sum + term(i), 0);
	const row = all.map((i) => sumOf((j) => p(i, j)));
	const column = all.map((j) => sumOf((i) => p(i, j)));
	const of = (margin: readonly number[], i: number) => margin[i] ?? 0;
	const observed = sumOf((i) => p(i, i));
	const expected = sumOf((i) => of(row, i) * of(column, i));
	const left = 1 - expected;
	if (left < 1e-12) return { n, observed, expected, kappa: null, standardError: null, interval: null };
	const kappa = (observed - expected) / left;
	const agreeing = sumOf((i) => p(i, i) * (left - (of(row, i) + of(column, i)) * (1 - observed)) ** 2);
	const differing =
		(1 - observed) ** 2 *
		sumOf((i) => sumOf((j) => (i === j ? 0 : p(i, j) * (of(column, i) + of(row, j)) ** 2)));
	const variance =
		(agreeing + differing - (observed * expected - 2 * expected + observed) ** 2) / (n * left ** 4);
	const standardError = Math.sqrt(Math.max(0, variance));
	const reach = normalReach(level) * standardError;
	return {
		n,
		observed,
		expected,
		kappa,
		standardError,
		interval:
			standardError > 1e-6
				? { lower: Math.max(-1, kappa - reach), upper: Math.min(1, kappa + reach), level }
				: null
	};
}

/**
 * One kappa of many categories that do not exclude each other, each a table of its own: the mean agreement against the
 * mean agreement by chance, (p̄_o − p̄_e) / (1 − p̄_e). De Vries, Elliott, Kanouse & Teleki (2008), "Using pooled kappa to
 * summarize interrater agreement across many items", Field Methods 20, 272-282. Null when chance explains all of it.
 */
export function pooledKappa(tables: readonly Pick<Kappa, 'n' | 'observed' | 'expected'>[]): number | null {
	const counted = tables.filter(({ n }) => n > 0);
	const mean = (part: 'observed' | 'expected') =>
		counted.reduce((sum, table) => sum + table[part], 0) / Math.max(1, counted.length);
	const left = 1 - mean('expected');
	return counted.length === 0 || left < 1e-12 ? null : (mean('observed') - mean('expected')) / left;
}
