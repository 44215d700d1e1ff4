import { describe, expect, test } from 'vitest';
import { randomizationTest, wildClusterBootstrap } from './fewClusters.ts';
import { panelOf, type PanelRow } from './panel.ts';
import { randomFrom } from './random.ts';

/** `units` units over six periods, the first `treated` of them trained from period 4 on with this effect. */
function city(seed: number, units: number, treated: number, effect: number) {
	const random = randomFrom(seed);
	const noise = () => random() + random() + random() - 1.5;
	const rows: PanelRow[] = [];
	for (let unit = 0; unit < units; unit++) {
		const level = 3 * noise();
		// Months of one unit resemble each other: what makes the naive error too small.
		let drift = 0;
		for (let period = 1; period <= 6; period++) {
			drift += noise();
			const post = unit < treated && period >= 4;
			rows.push({
				unit: `u${unit}`,
				period,
				treated: unit < treated,
				post,
				value: level + drift + (post ? effect : 0)
			});
		}
	}
	const panel = panelOf(rows);
	const x = Float64Array.from(panel.post, (post, row) => post * (panel.treated[row] ?? 0));
	const starts = Array.from({ length: units }, (_, unit) => (unit < treated ? 4 : Infinity));
	return { panel, x, starts };
}

describe('wild cluster bootstrap', () => {
	test('up to as many worlds as draws all are tried: nothing is chance, whatever the seed', () => {
		const { panel, x } = city(1, 8, 4, 1);
		const one = wildClusterBootstrap(panel, x, panel.value, { seed: 1, weights: 'rademacher' });
		expect(one).toMatchObject({ draws: 256, exact: true });
		expect(wildClusterBootstrap(panel, x, panel.value, { seed: 2, weights: 'rademacher' })).toEqual(one);
		// Turning every sign gives the same distance: no p-value below 2 of 256.
		expect(one?.pValue).toBeGreaterThanOrEqual(2 / 256);
	});

	/** The first half of the units treated from period 3 of 5. */
	function byHand(units: number) {
		const rows = Array.from({ length: units * 5 }, (_, row): PanelRow => {
			const [unit, period] = [Math.floor(row / 5), row % 5];
			const treated = unit < Math.floor(units / 2);
			const post = treated && period >= 3;
			const value = ((unit * 7 + period * 11 + unit * period * 3) % 17) / 2 + (post ? 1 : 0);
			return { unit: `u${unit}`, period, treated, post, value };
		});
		const panel = panelOf(rows);
		return { panel, x: Float64Array.from(panel.post) };
	}

	test('all 256 worlds of eight units: p and interval as by hand in R', () => {
		const { panel, x } = byHand(8);
		const result = wildClusterBootstrap(panel, x, panel.value, { weights: 'rademacher' });
		expect(result?.pValue).toBe(0.0234375);
		expect(result?.interval?.lower).toBeCloseTo(1.1278, 2);
		expect(result?.interval?.upper).toBeCloseTo(7.4102, 2);
	});

	test("every world of Webb's six points: p as by hand in R with a regression for each of them", () => {
		const four = byHand(4);
		const all = wildClusterBootstrap(four.panel, four.x, four.panel.value, { draws: 6 ** 4 });
		expect(all).toMatchObject({ draws: 1296, exact: true, weights: 'webb' });
		expect(all?.pValue).toBeCloseTo(0.166666666667, 12);
		const five = byHand(5);
		expect(wildClusterBootstrap(five.panel, five.x, five.panel.value, { draws: 6 ** 5 })?.pValue).toBeCloseTo(
			0.0859053497942,
			12
		);
	});

	test('a draw of them comes near all 1,679,616 worlds of eight units, whose p is 0.01719', () => {
		const { panel, x } = byHand(8);
		const drawn = wildClusterBootstrap(panel, x, panel.value, { draws: 9999 });
		expect(drawn).toMatchObject({ draws: 9999, exact: false, weights: 'webb' });
		expect(Math.abs((drawn?.pValue ?? 1) - 0.01718726)).toBeLessThan(0.004);
	});

	test('from a dozen clusters signs are enough', () => {
		const { panel, x } = city(1, 12, 6, 1);
		expect(wildClusterBootstrap(panel, x, panel.value, { draws: 9 })?.weights).toBe('rademacher');
		const few = city(1, 11, 6, 1);
		expect(wildClusterBootstrap(few.panel, few.x, few.panel.value, { draws: 9 })?.weights).toBe('webb');
	});

	test('with seven units and no effect it cries out about five times in a hundred', () => {
		let alarms = 0;
		const worlds = 300;
		for (let seed = 1; seed <= worlds; seed++) {
			const { panel, x } = city(seed, 7, 3, 0);
			if ((wildClusterBootstrap(panel, x, panel.value, { draws: 199, seed })?.pValue ?? 1) <= 0.05)
				alarms += 1;
		}
		expect(alarms / worlds).toBeLessThan(0.09);
		expect(alarms / worlds).toBeGreaterThan(0.005);
	}, 60_000);

	test('its interval is the test turned round: zero lies outside where the p-value is small', () => {
		const { panel, x } = city(3, 12, 6, 6);
		const result = wildClusterBootstrap(panel, x, panel.value, { draws: 499 });
		expect(result?.pValue).toBeLessThan(0.05);
		expect(result?.interval?.lower).toBeGreaterThan(0);
		expect(result?.interval?.lower).toBeLessThan(6);
		expect(result?.interval?.upper).toBeGreaterThan(6 - 2);
	});

	test('with a dozen units and no effect it cries out about five times in a hundred', () => {
		let alarms = 0;
		const worlds = 150;
		for (let seed = 1; seed <= worlds; seed++) {
			const { panel, x } = city(seed, 12, 6, 0);
			const result = wildClusterBootstrap(panel, x, panel.value, { draws: 99, seed, level: 0.95 });
			if ((result?.pValue ?? 1) <= 0.05) alarms += 1;
		}
		expect(alarms / worlds).toBeLessThan(0.11);
		expect(alarms / worlds).toBeGreaterThan(0.005);
	}, 120_000);

	test('an outcome that units and months explain wholly gives none, not a certainty made of rounding', () => {
		const { panel, x } = city(1, 8, 4, 0);
		const explained = panel.value.map(
			(_, row) => 1e6 + Math.sqrt(2) * (panel.unitOf[row] ?? 0) + 0.1 * (panel.periodOf[row] ?? 0)
		);
		expect(wildClusterBootstrap(panel, x, explained)).toBeNull();
	});

	test('a regressor that the effects swallow, or an outcome without scatter, gives none', () => {
		const { panel, x } = city(1, 8, 4, 0);
		expect(
			wildClusterBootstrap(
				panel,
				x.map(() => 1),
				panel.value
			)
		).toBeNull();
		expect(
			wildClusterBootstrap(
				panel,
				x,
				panel.value.map(() => 5)
			)
		).toBeNull();
	});
});

describe('randomisation test', () => {
	test('with few units every deal is looked at: 4 of 8 can be dealt in 70 ways', () => {
		const { panel, starts } = city(1, 8, 4, 50);
		// The real deal and its mirror image are the farthest: 2 of 70.
		expect(randomizationTest(panel, starts, panel.value)).toEqual({ pValue: 2 / 70, draws: 70, exact: true });
	});

	test('is exact without an effect: p below 0.1 at most one time in ten', () => {
		let alarms = 0;
		const worlds = 200;
		for (let seed = 1; seed <= worlds; seed++) {
			const { panel, starts } = city(seed, 8, 4, 0);
			if ((randomizationTest(panel, starts, panel.value)?.pValue ?? 1) <= 0.1) alarms += 1;
		}
		expect(alarms / worlds).toBeLessThan(0.16);
		expect(alarms / worlds).toBeGreaterThan(0.04);
	});

	test('many units are drawn, repeatably, and different starts are dealt with their units', () => {
		const { panel } = city(2, 24, 12, 0);
		const starts = Array.from({ length: 24 }, (_, unit) => (unit < 6 ? 3 : unit < 12 ? 5 : Infinity));
		const one = randomizationTest(panel, starts, panel.value, { draws: 199, seed: 4 });
		expect(one).toMatchObject({ draws: 199, exact: false });
		expect(randomizationTest(panel, starts, panel.value, { draws: 199, seed: 4 })).toEqual(one);
	});

	test('nobody treated is no test', () => {
		const { panel, starts } = city(2, 6, 3, 0);
		expect(
			randomizationTest(
				panel,
				starts.map(() => Infinity),
				panel.value
			)
		).toBeNull();
	});
});
