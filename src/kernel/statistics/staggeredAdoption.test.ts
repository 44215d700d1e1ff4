import { describe, expect, test } from 'vitest';
import { multiplierBootstrap } from './multiplierBootstrap.ts';
import { randomFrom } from './random.ts';
import { staggeredAdoption, type StaggeredPanel } from './staggeredAdoption.ts';
import { dataSet } from './test-data/read.ts';

// What the R package `did` (att_gt and aggte, analytic errors) says of the same data: group, period, effect, error.
const EFFECTS = {
	never: [
		[2004, 2004, -0.0105032462, 0.0232510364],
		[2004, 2005, -0.0704231581, 0.0309847668],
		[2004, 2006, -0.137258739, 0.0364356643],
		[2004, 2007, -0.100811363, 0.0343592258],
		[2006, 2004, 0.00652011242, 0.0233268051],
		[2006, 2005, -0.00275081875, 0.019558561],
		[2006, 2006, -0.00459460695, 0.0177551967],
		[2006, 2007, -0.0412244715, 0.0202291807],
		[2007, 2004, 0.0305066556, 0.0150335603],
		[2007, 2005, -0.00272589289, 0.0163958329],
		[2007, 2006, -0.0310871194, 0.0178775113],
		[2007, 2007, -0.0260544107, 0.0166554353]
	],
	notYet: [
		[2004, 2004, -0.0193723637, 0.0223101129],
		[2004, 2005, -0.0783190991, 0.0303902285],
		[2004, 2006, -0.136274346, 0.035403385],
		[2004, 2007, -0.100811363, 0.0343592258],
		[2006, 2004, -0.00256255094, 0.0225302351],
		[2006, 2005, -0.0019392461, 0.0190421586],
		[2006, 2006, 0.00466087632, 0.0163355842],
		[2006, 2007, -0.0412244715, 0.0202291807],
		[2007, 2004, 0.0297593648, 0.0145335416],
		[2007, 2005, -0.0024106128, 0.0160312964],
		[2007, 2006, -0.0310871194, 0.0178775113],
		[2007, 2007, -0.0260544107, 0.0166554353]
	],
	covariate: [
		[2004, 2004, -0.0149112378, 0.0220556931],
		[2004, 2005, -0.076996323, 0.0283597455],
		[2004, 2006, -0.141080105, 0.034836287],
		[2004, 2007, -0.107544275, 0.0327376926],
		[2006, 2004, -0.00206605812, 0.0221222865],
		[2006, 2005, -0.00696828307, 0.0183457856],
		[2006, 2006, 0.000765525026, 0.019195907],
		[2006, 2007, -0.0415356365, 0.0197168736],
		[2007, 2004, 0.0263658317, 0.0140189493],
		[2007, 2005, -0.00475983534, 0.015669966],
		[2007, 2006, -0.0285021064, 0.0181320659],
		[2007, 2007, -0.0287894882, 0.0161678673]
	]
} as const;
// Weighted means and their errors, by the same package.
const MEANS = {
	never: {
		simple: [-0.0399512752, 0.0120340128],
		byExposure: {
			overall: [-0.0772398215, 0.0199649891],
			effects: [
				[-3, 0.0305066556, 0.0150335603],
				[-2, -0.000563084626, 0.0132916447],
				[-1, -0.024458745, 0.0142364022],
				[0, -0.0199318168, 0.0118263641],
				[1, -0.0509573671, 0.0168934763],
				[2, -0.137258739, 0.0364356643],
				[3, -0.100811363, 0.0343592258]
			]
		},
		byGroup: {
			overall: [-0.0310182822, 0.0124460593],
			effects: [
				[2004, -0.0797491266, 0.0263677994],
				[2006, -0.0229095392, 0.0167033303],
				[2007, -0.0260544107, 0.0166554353]
			]
		},
		byCalendar: {
			overall: [-0.0417004321, 0.0159718519],
			effects: [
				[2004, -0.0105032462, 0.0232510364],
				[2005, -0.0704231581, 0.0309847668],
				[2006, -0.0488159843, 0.0201258613],
				[2007, -0.0370593399, 0.0137470791]
			]
		}
	},
	notYet: {
		simple: [-0.0397636256, 0.0120524248],
		byExposure: {
			overall: [-0.077399314, 0.0195601769],
			effects: [
				[-3, 0.0297593648, 0.0145335416],
				[-2, -0.00244615389, 0.0131203504],
				[-1, -0.0242689034, 0.0144636817],
				[0, -0.0189221991, 0.0120445687],
				[1, -0.0535893474, 0.0169463855],
				[2, -0.136274346, 0.035403385],
				[3, -0.100811363, 0.0343592258]
			]
		},
		byGroup: {
			overall: [-0.0304622281, 0.0125751201],
			effects: [
				[2004, -0.083694293, 0.0257015998],
				[2006, -0.0182817976, 0.0159222358],
				[2007, -0.0260544107, 0.0166554353]
			]
		},
		byCalendar: {
			overall: [-0.0442670835, 0.0155709044],
			effects: [
				[2004, -0.0193723637, 0.0223101129],
				[2005, -0.0783190991, 0.0303902285],
				[2006, -0.0423175312, 0.0190562576],
				[2007, -0.0370593399, 0.0137470791]
			]
		}
	},
	covariate: {
		simple: [-0.0419686124, 0.0114448298],
		byExposure: {
			overall: [-0.0807817453, 0.0187458547],
			effects: [
				[-3, 0.0263658317, 0.0140189493],
				[-2, -0.00412971201, 0.0129174707],
				[-1, -0.0234649548, 0.01444165],
				[0, -0.0211467367, 0.0114810444],
				[1, -0.0533558653, 0.0162930738],
				[2, -0.141080105, 0.034836287],
				[3, -0.107544275, 0.0327376926]
			]
		},
		byGroup: {
			overall: [-0.0329292402, 0.0118603088],
			effects: [
				[2004, -0.085132985, 0.0242512164],
				[2006, -0.0203850558, 0.0174025033],
				[2007, -0.0287894882, 0.0161678673]
			]
		},
		byCalendar: {
			overall: [-0.0445323314, 0.0148850278],
			effects: [
				[2004, -0.0149112378, 0.0220556931],
				[2005, -0.076996323, 0.0283597455],
				[2006, -0.0465163515, 0.0209983733],
				[2007, -0.0397054131, 0.0128658597]
			]
		}
	}
} as const;

const counties = dataSet('county-employment');
const PERIODS = [2003, 2004, 2005, 2006, 2007];
const panel: StaggeredPanel = {
	periods: PERIODS,
	starts: counties.numbers('first_treated').map((start) => (start === 0 ? Infinity : start)),
	outcome: Float64Array.from(PERIODS.flatMap((year) => [...counties.numbers(String(year))]))
};
const withPopulation = { ...panel, covariates: [counties.numbers('log_population')] };
const found = {
	never: staggeredAdoption(panel),
	notYet: staggeredAdoption(panel, { comparison: 'notYet' }),
	covariate: staggeredAdoption(withPopulation, { method: 'regression' })
};

describe.each(['never', 'notYet', 'covariate'] as const)('minimum wages and teen employment, %s', (which) => {
	const { effects, simple, ...rest } = found[which];

	test('every group-time effect is that of the R package did', () => {
		expect(effects.map(({ group, period }) => [group, period])).toEqual(
			EFFECTS[which].map(([g, t]) => [g, t])
		);
		EFFECTS[which].forEach(([, , estimate, error], at) => {
			expect(effects[at]?.estimate).toBeCloseTo(estimate, 8);
			expect(effects[at]?.standardError).toBeCloseTo(error, 8);
		});
	});

	test('so are the weighted means and their errors', () => {
		const [estimate, error] = MEANS[which].simple;
		expect(simple?.estimate).toBeCloseTo(estimate, 8);
		expect(simple?.standardError).toBeCloseTo(error, 8);
		for (const kind of ['byGroup', 'byExposure', 'byCalendar'] as const) {
			const published = MEANS[which][kind];
			expect(rest[kind].overall?.estimate).toBeCloseTo(published.overall[0], 8);
			expect(rest[kind].overall?.standardError).toBeCloseTo(published.overall[1], 8);
			expect(rest[kind].effects.map(({ at }) => at)).toEqual(published.effects.map(([at]) => at));
			published.effects.forEach(([, mean, its], at) => {
				expect(rest[kind].effects[at]?.estimate).toBeCloseTo(mean, 8);
				expect(rest[kind].effects[at]?.standardError).toBeCloseTo(its, 8);
			});
		}
	});
});

describe('before the start', () => {
	test('the Wald test of parallel paths is that of the R package', () => {
		expect(found.never.preTest).toMatchObject({ df: 5, over: 'effects' });
		expect(found.never.preTest?.statistic).toBeCloseTo(7.79123663, 7);
		expect(found.never.preTest?.pValue).toBeCloseTo(0.16812, 5);
		expect(found.covariate.preTest?.pValue).toBeCloseTo(0.23116, 5);
	});

	test('against the last period before, each effect adds up the steps', () => {
		const steps = new Map(found.never.effects.map((one) => [`${one.group} ${one.period}`, one.estimate]));
		const whole = staggeredAdoption(panel, { base: 'universal' }).effects.find(
			({ group, period }) => group === 2007 && period === 2003
		);
		const sum = ['2007 2004', '2007 2005', '2007 2006'].reduce(
			(total, key) => total + (steps.get(key) ?? NaN),
			0
		);
		expect(whole?.estimate).toBeCloseTo(-sum, 12);
	});
});

describe('with covariates', () => {
	test('the three methods agree closely, and weighting without covariates is the plain difference', () => {
		const methods = (['regression', 'weighting', 'doublyRobust'] as const).map(
			(method) => staggeredAdoption(withPopulation, { method }).simple?.estimate ?? NaN
		);
		for (const estimate of methods) expect(Math.abs(estimate - (methods[0] ?? NaN))).toBeLessThan(0.002);
		// The package's own page gives −0.0418 (0.0116) for the doubly robust one.
		expect(methods[2]).toBeCloseTo(-0.0418, 4);
	});

	test('a covariate that tells the groups apart is said, not divided by', () => {
		const sure = Float64Array.from(panel.starts, (start) => (start === Infinity ? 0 : 1));
		const { effects, missing } = staggeredAdoption({ ...panel, covariates: [sure] });
		expect(effects).toEqual([]);
		expect(new Set(missing.map(({ why }) => why))).toEqual(
			new Set(['collinear', 'separated']).intersection(new Set(missing.map(({ why }) => why)))
		);
		expect(missing.length).toBe(12);
	});
});

describe('panels as they come', () => {
	const small = (starts: number[], rows: number[][]): StaggeredPanel => ({
		periods: rows.map((_, at) => at + 1),
		starts,
		outcome: Float64Array.from(rows.flat())
	});

	test('units treated from the first period on have no before and are counted apart', () => {
		const { units, alwaysTreated, neverTreated } = staggeredAdoption(
			small(
				[1, 2, 2, Infinity, Infinity],
				[
					[9, 1, 2, 1, 3],
					[9, 4, 6, 2, 4]
				]
			)
		);
		expect({ units, alwaysTreated, neverTreated }).toEqual({ units: 4, alwaysTreated: 1, neverTreated: 2 });
	});

	test('a hole takes the unit out of the comparisons that need it, and is counted', () => {
		const { effects, unitsWithGaps } = staggeredAdoption(
			small(
				[3, 3, Infinity, Infinity, Infinity],
				[
					[1, 2, 1, 2, 3],
					[1, NaN, 1, 2, 3],
					[5, 8, 2, 3, 4]
				]
			)
		);
		expect(unitsWithGaps).toBe(1);
		// Before: unit 1 alone against three; afterwards from period 2 to 3: unit 1 alone again.
		expect(
			effects.map(({ treated, comparison, standardError }) => [treated, comparison, standardError])
		).toEqual([
			[1, 3, null],
			[1, 3, null]
		]);
		expect(effects[1]?.estimate).toBeCloseTo(3, 12);
	});

	test('without anybody to compare with there is no effect, only the reason', () => {
		const { effects, missing, simple, byExposure, preTest } = staggeredAdoption(
			small(
				[2, 2],
				[
					[1, 2],
					[3, 4]
				]
			)
		);
		expect(effects).toEqual([]);
		expect(missing).toEqual([{ group: 2, period: 2, why: 'noComparison' }]);
		expect(simple).toBeNull();
		expect(byExposure.overall).toBeNull();
		expect(preTest).toBeNull();
	});

	test('a start after the last period is a unit not treated, and the last group serves as comparison', () => {
		const { effects } = staggeredAdoption(
			small(
				[2, 2, 9, 9],
				[
					[1, 2, 1, 3],
					[4, 5, 2, 4]
				]
			)
		);
		expect(effects).toHaveLength(1);
		expect(effects[0]?.estimate).toBeCloseTo(2, 12);
	});

	test('shapes that do not fit are a caller’s bug', () => {
		expect(() => staggeredAdoption({ periods: [1, 2], starts: [2], outcome: new Float64Array(3) })).toThrow(
			RangeError
		);
		expect(() => staggeredAdoption({ periods: [2, 1], starts: [2], outcome: new Float64Array(2) })).toThrow(
			RangeError
		);
		expect(() => staggeredAdoption({ periods: [1, 2], starts: [NaN], outcome: new Float64Array(2) })).toThrow(
			RangeError
		);
	});
});

describe('on invented cities where the truth is known', () => {
	/** 60 units, three starts; effects grow with time and differ by group, so that two-way fixed effects would be wrong. */
	function city(seed: number) {
		const random = randomFrom(seed);
		const noise = () => random() + random() + random() - 1.5;
		const starts = Array.from({ length: 60 }, (_, i) => [4, 6, 8, Infinity][i % 4] ?? Infinity);
		const level = starts.map(noise);
		const periods = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
		const effect = (start: number, period: number) =>
			period < start ? 0 : (period - start + 1) * (start === 4 ? 0.3 : 0.1);
		const outcome = Float64Array.from(
			periods.flatMap((period) =>
				starts.map((start, i) => (level[i] ?? 0) + 0.2 * period + effect(start, period) + noise())
			)
		);
		let sum = 0;
		let count = 0;
		for (const start of starts)
			for (const period of periods)
				if (period >= start) {
					sum += effect(start, period);
					count += 1;
				}
		return { panel: { periods, starts, outcome }, truth: sum / count };
	}

	test('the mean effect is found without bias and the 95 % interval holds it', () => {
		let bias = 0;
		let held = 0;
		const worlds = 300;
		for (let seed = 1; seed <= worlds; seed++) {
			const { panel: invented, truth } = city(seed);
			const { simple } = staggeredAdoption(invented, { comparison: 'notYet' });
			const off = (simple?.estimate ?? NaN) - truth;
			bias += off / worlds;
			if (Math.abs(off) <= 1.96 * (simple?.standardError ?? 0)) held += 1;
		}
		expect(Math.abs(bias)).toBeLessThan(0.03);
		expect(held / worlds).toBeGreaterThan(0.9);
		expect(held / worlds).toBeLessThan(0.985);
	});
});

describe('multiplier bootstrap', () => {
	const effects = found.never.byExposure.effects;
	const band = multiplierBootstrap(
		effects.map(({ influence }) => influence),
		found.never.units,
		{ draws: 4000, seed: 7 }
	);

	test('its errors are those of the formula but for chance, and its band is wider than one interval', () => {
		band.standardErrors.forEach((error, at) => {
			expect(error / (effects[at]?.standardError ?? NaN)).toBeGreaterThan(0.93);
			expect(error / (effects[at]?.standardError ?? NaN)).toBeLessThan(1.07);
		});
		expect(band.critical).toBeGreaterThan(2.3);
		expect(band.critical).toBeLessThan(3);
	});

	test('the same seed draws the same', () => {
		const again = multiplierBootstrap([effects[0]?.influence ?? new Float64Array()], found.never.units, {
			seed: 3
		});
		expect(
			multiplierBootstrap([effects[0]?.influence ?? new Float64Array()], found.never.units, { seed: 3 })
		).toEqual(again);
	});
});
