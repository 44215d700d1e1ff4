import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellOf, heatOf, hiddenParts, type HeatUnit, type OwnSums } from './heat.ts';

const own = (unitId: string, gaps: number[], unmeasured = 0): OwnSums => ({
	unitId,
	competencyId: 'M01',
	people: gaps.length + unmeasured,
	n: gaps.length,
	gap: gaps.reduce((sum, gap) => sum + gap, 0),
	shortfall: gaps.reduce((sum, gap) => sum + Math.max(0, gap), 0),
	withGap: gaps.filter((gap) => gap > 0).length,
	sure: gaps.length * 0.8
});

describe('a cell of the heat map', () => {
	test('shows mean, shortfall, share and how many were not measured', () => {
		expect(cellOf(own('marelan', [1, 2, 0, -1, 0], 1), false)).toEqual({
			state: 'shown',
			n: 5,
			unmeasured: 1,
			meanGap: 0.4,
			meanShortfall: 0.6,
			shareWithGap: 0.4,
			certainty: 0.8
		});
	});

	test('of single answers says nothing of certainty', () => {
		expect(cellOf({ ...own('marelan', [1, 2, 0, -1, 0]), sure: null }, false)).toMatchObject({
			certainty: null
		});
	});

	test('hidden, it carries no number, not even how many', () => {
		expect(cellOf(own('marelan', [1, 2]), true)).toEqual({ state: 'hidden' });
	});

	test('without any rating it says so', () => {
		expect(cellOf(own('marelan', [], 7), false)).toEqual({ state: 'empty' });
	});
});

describe('which parts stay hidden', () => {
	const hidden = (sizes: number[], totalHidden = false) =>
		[...hiddenParts(new Map(sizes.map((n, index) => [`u${index}`, n])), totalHidden, 5)].sort();

	test.each([
		['nobody small: nothing', [9, 5, 20], false, []],
		[
			'one small: it and the next smallest, for the total minus the rest would tell',
			[3, 9, 20],
			false,
			['u0', 'u1']
		],
		['two small that are five together: only they', [3, 2, 20], false, ['u0', 'u1']],
		['two small that are four together: one more', [2, 2, 20, 30], false, ['u0', 'u1', 'u2']],
		['the total protects a neighbour: its smallest part', [9, 6, 20], true, ['u1']],
		['… and more when that part is small', [9, 6, 2], true, ['u1', 'u2']],
		['all small', [3, 3], false, ['u0', 'u1']]
	])('%s', (_, sizes, totalHidden, expected) => {
		expect(hidden(sizes, totalHidden)).toEqual(expected);
	});
});

describe('the heat map of a unit', () => {
	const units: HeatUnit[] = [
		{ id: 'city', parentId: null },
		{ id: 'camat', parentId: 'city' },
		{ id: 'loket', parentId: 'camat' },
		{ id: 'umum', parentId: 'camat' },
		{ id: 'dinas', parentId: 'city' }
	];
	const sums = [
		own('city', [0, 0, 0, 0, 0, 0]),
		own('camat', [1]),
		own('loket', [1, 2, 0, 1, 1, 1]),
		own('umum', [0, 0, 0, 0, 0, 0, 0]),
		own('dinas', [1, 1, 1, 1, 1, 2])
	];

	test('adds everything below a unit up to it', () => {
		const [column] = heatOf(units, sums, 'city', 5);
		expect(column?.total).toMatchObject({ state: 'shown', n: 26, meanGap: 14 / 26 });
		expect(column?.below.get('camat')).toMatchObject({ n: 14, shareWithGap: 6 / 14 });
		expect(column?.below.get('dinas')).toMatchObject({ n: 6 });
		expect(column?.own).toMatchObject({ n: 6, meanGap: 0 });
	});

	test('hides a lone head and the smallest neighbour', () => {
		const [column] = heatOf(units, sums, 'camat', 5);
		expect(column?.total.state).toBe('shown');
		expect(column?.own.state).toBe('hidden');
		expect(column?.below.get('loket')?.state).toBe('hidden');
		expect(column?.below.get('umum')?.state).toBe('shown');
	});

	test('keeps no group under five from whoever lays all pages side by side', () => {
		// A random tree: unit i hangs under one of the units before it; sizes lean to the dangerous small ones.
		const node = fc.record({
			under: fc.nat(),
			n: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 30 }))
		});
		fc.assert(
			fc.property(fc.array(node, { minLength: 1, maxLength: 14 }), (nodes) => {
				const tree = nodes.map((_, index) => ({
					id: `u${index}`,
					parentId: index === 0 ? null : `u${(nodes[index]?.under ?? 0) % index}`
				}));
				const rows = nodes.map(({ n }, index) =>
					own(
						`u${index}`,
						Array.from({ length: n }, () => 1)
					)
				);
				expect(smallestDerivable(tree, rows)).toBeGreaterThanOrEqual(5);
			}),
			{ numRuns: 500 }
		);
	});
});

/**
 * The smallest group somebody could work out who sees every page: shown totals and parts, and of each shown total what
 * its hidden parts hold together, hidden units opened into their own hidden parts as their pages allow.
 */
function smallestDerivable(units: HeatUnit[], sums: OwnSums[]): number {
	const whole = (id: string): number =>
		(sums.find((row) => row.unitId === id)?.n ?? 0) +
		units.filter((unit) => unit.parentId === id).reduce((sum, unit) => sum + whole(unit.id), 0);
	const pages = new Map(units.map(({ id }) => [id, heatOf(units, sums, id, 5)[0]]));
	/** People of a hidden unit who remain unknown after its own page. */
	const unknownIn = (id: string): number => {
		const page = pages.get(id);
		if (page === undefined) return 0;
		const below = [...page.below]
			.filter(([, cell]) => cell.state === 'hidden')
			.map(([child]) => unknownIn(child));
		const ownPeople = page.own.state === 'hidden' ? (sums.find((row) => row.unitId === id)?.n ?? 0) : 0;
		return below.reduce((a, b) => a + b, ownPeople);
	};
	const derivable: number[] = [];
	for (const { id } of units) {
		const page = pages.get(id);
		if (page === undefined) continue;
		for (const cell of [page.total, page.own, ...page.below.values()])
			if (cell.state === 'shown') derivable.push(cell.n);
		if (page.total.state === 'shown') {
			const unknown = unknownIn(id);
			if (unknown > 0) derivable.push(unknown);
			// Nothing hidden: every part is shown and already counted.
		}
		expect(page.total.state === 'empty').toBe(whole(id) === 0);
	}
	return Math.min(Infinity, ...derivable);
}
