import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageEffect } from './averageEffect.ts';
import { balanceOf, matchedEffect, matchNearest } from './matching.ts';
import { randomFrom } from './random.ts';
import { dataSet } from './test-data/read.ts';

const survey = dataSet('nsw-psid');
const treated = Uint8Array.from(survey.numbers('treat'));
const earnings = survey.numbers('re78');
const is = (race: string) => Float64Array.from(survey.text('race'), (one) => (one === race ? 1 : 0));
const covariates = [
	survey.numbers('age'),
	survey.numbers('educ'),
	is('black'),
	is('hispan'),
	...['married', 'nodegree', 're74', 're75'].map(survey.numbers)
];

describe('job training beside people of a survey (data set lalonde of MatchIt)', () => {
	test('one to one without replacement, the balance is the one that MatchIt prints', () => {
		const matched = matchedEffect(earnings, treated, covariates, { caliper: null });
		if (typeof matched === 'string') throw new Error(matched);
		expect(matched.pairs).toHaveLength(185);
		// Std. mean differences of summary(matchit(treat ~ …, method = "nearest")): age, educ, black, nodegree, re74, re75.
		const balance = balanceOf(treated, covariates, matched.weights);
		const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(4)));
		expect(rounded(balance.map(({ before }) => before))).toEqual([
			-0.3094, 0.055, 1.7568, -0.3489, -0.8241, 0.2443, -0.7211, -0.2903
		]);
		expect(rounded([0, 1, 2, 5, 6, 7].map((k) => balance[k]?.after ?? NaN))).toEqual([
			0.0718, -0.129, 1.0231, 0.1541, -0.0505, -0.0257
		]);
	});

	test('nobody is used twice, nobody beyond the caliper, and who finds nobody is said', () => {
		const matched = matchNearest(treated, covariates, { caliper: 0.2 });
		if (typeof matched === 'string') throw new Error(matched);
		const used = matched.pairs.flatMap(({ comparison }) => [...comparison]);
		expect(new Set(used).size).toBe(used.length);
		expect(matched.pairs.length + matched.unmatched.length).toBe(185);
		const spread = Math.sqrt(varianceOf(matched.propensity));
		for (const { treated: i, comparison } of matched.pairs)
			for (const j of comparison)
				expect(Math.abs((matched.propensity[i] ?? 0) - (matched.propensity[j] ?? 0))).toBeLessThanOrEqual(
					0.2 * spread
				);
	});

	test('only people of the same stratum are matched', () => {
		const race = survey.text('race');
		const matched = matchNearest(treated, covariates, { exact: race, caliper: null });
		if (typeof matched === 'string') throw new Error(matched);
		for (const { treated: i, comparison } of matched.pairs)
			for (const j of comparison) expect(race[j]).toBe(race[i]);
	});

	test('with replacement everybody gets the nearest there is', () => {
		const matched = matchNearest(treated, covariates, { replacement: true, caliper: null, ratio: 3 });
		if (typeof matched === 'string') throw new Error(matched);
		const others = [...treated.keys()].filter((i) => treated[i] === 0);
		for (const { treated: i, comparison } of matched.pairs.slice(0, 40)) {
			const distance = (j: number) => Math.abs((matched.propensity[i] ?? 0) - (matched.propensity[j] ?? 0));
			const nearest = others.map(distance).sort((a, b) => a - b);
			expect([...comparison].map(distance)).toEqual(nearest.slice(0, 3));
		}
	});

	// Written anew in R, pair by pair on glm's scores: treated matched, comparison people used, effect.
	const married = [...survey.numbers('married')].map(String);
	test.each([
		['one to one', { caliper: null }, 185, 185, 894.36748027],
		['within 0.2', { caliper: 0.2 }, 113, 113, 1571.74445442],
		['one to two', { caliper: null, ratio: 2 }, 185, 370, 220.288640676],
		['with replacement', { caliper: null, replacement: true }, 185, 80, 1967.93968432],
		['with three', { caliper: null, replacement: true, ratio: 3 }, 185, 153, 1587.03775906],
		['with, within 0.02', { caliper: 0.02, replacement: true }, 162, 78, 2270.49897309],
		['of one origin, within 0.2', { caliper: 0.2, exact: survey.text('race') }, 113, 113, 1499.38818274],
		['as married', { caliper: null, exact: married }, 185, 185, 965.961346216]
	] as const)('%s: as the same done by hand in R', (_, options, pairs, used, estimate) => {
		const matched = matchedEffect(earnings, treated, covariates, options);
		if (typeof matched === 'string') throw new Error(matched);
		expect(matched.pairs).toHaveLength(pairs);
		expect(new Set(matched.pairs.flatMap(({ comparison }) => [...comparison])).size).toBe(used);
		expect(matched.estimate).toBeCloseTo(estimate, 5);
	});

	// Errors by M-estimation in R: all models and means as one set of equations, differentiated by numbers.
	test.each([
		['weighting', 'treated', 1214.07122329, 798.154627838],
		['doublyRobust', 'treated', 1231.04431292, 800.870928668],
		['regression', 'treated', 1647.58325244, 808.979529554],
		['weighting', 'all', 224.676309104, 876.193191172],
		['doublyRobust', 'all', 417.888224223, 1186.21693236],
		['regression', 'all', 1074.9085414, 1101.14942372]
	] as const)('%s, effect on %s: as M-estimation in R', (method, estimand, estimate, error) => {
		const effect = averageEffect(earnings, treated, covariates, { method, estimand });
		if (typeof effect === 'string') throw new Error(effect);
		expect(effect.estimate).toBeCloseTo(estimate, 5);
		expect(effect.standardError).toBeCloseTo(error, 4);
	});
});

const varianceOf = (values: Float64Array): number => {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

describe('where the truth is known', () => {
	/** Who is treated, and how they fare, both depend on x; the effect is 2 for everybody, or grows with x. */
	function world(seed: number, people: number, slope = 0) {
		const random = randomFrom(seed);
		const noise = () => random() + random() + random() - 1.5;
		const x = Float64Array.from({ length: people }, noise);
		const side = Uint8Array.from(x, (value) => (random() < 1 / (1 + Math.exp(-1.5 * value)) ? 1 : 0));
		const y = x.map((value, i) => 3 * value + (side[i] === 1 ? 2 + slope * value : 0) + noise());
		return { x, side, y };
	}

	test.each([
		['treated', 'weighting'],
		['treated', 'doublyRobust'],
		['treated', 'regression'],
		['all', 'weighting'],
		['all', 'doublyRobust'],
		['all', 'regression']
	] as const)('%s by %s: no bias, and the interval holds the effect', (estimand, method) => {
		const worlds = 200;
		let bias = 0;
		let held = 0;
		for (let seed = 1; seed <= worlds; seed++) {
			const { x, side, y } = world(seed, 400);
			const effect = averageEffect(y, side, [x], { estimand, method });
			if (typeof effect === 'string') throw new Error(effect);
			bias += (effect.estimate - 2) / worlds;
			if (effect.interval.lower <= 2 && 2 <= effect.interval.upper) held += 1;
		}
		expect(Math.abs(bias)).toBeLessThan(0.03);
		expect(held / worlds).toBeGreaterThan(0.9);
		expect(held / worlds).toBeLessThanOrEqual(0.99);
	});

	test('matched: the interval holds the effect too, with and without replacement', () => {
		for (const replacement of [true, false]) {
			let held = 0;
			for (let seed = 1; seed <= 100; seed++) {
				const { x, side, y } = world(seed, 500);
				const effect = matchedEffect(y, side, [x], { replacement, caliper: 0.05 });
				if (typeof effect === 'string' || effect.interval === null) throw new Error('no effect');
				if (effect.interval.lower <= 2 && 2 <= effect.interval.upper) held += 1;
			}
			expect(held).toBeGreaterThanOrEqual(88);
		}
	});

	test('effects that grow with x: treated people gain more than all would', () => {
		const { x, side, y } = world(5, 4000, 1);
		const [onTreated, onAll] = (['treated', 'all'] as const).map((estimand) =>
			averageEffect(y, side, [x], { estimand })
		);
		if (typeof onTreated !== 'object' || typeof onAll !== 'object') throw new Error('no effect');
		expect(onTreated.estimate).toBeGreaterThan(onAll.estimate + 0.1);
		expect(onAll.estimate).toBeCloseTo(2, 0);
	});
});

describe('no comparison is said in words', () => {
	const x = Float64Array.from({ length: 30 }, (_, i) => i);
	test('perfect separation', () => {
		const side = Uint8Array.from(x, (value) => (value >= 15 ? 1 : 0));
		expect(matchedEffect(x, side, [x])).toBe('separated');
		expect(averageEffect(x, side, [x])).toBe('separated');
		expect(averageEffect(x, side, [x], { estimand: 'all' })).toBe('separated');
	});
	test('everybody treated, or a covariate twice', () => {
		expect(matchedEffect(x, new Uint8Array(30).fill(1), [x])).toBe('oneSide');
		const side = Uint8Array.from(x, (value) => value % 2);
		expect(matchedEffect(x, side, [x, x])).toBe('collinear');
		expect(averageEffect(x, side, [x, x], { method: 'regression' })).toBe('collinear');
	});
	test('the same data give the same pairs in whatever order they come', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
				const random = randomFrom(seed);
				const values = Float64Array.from({ length: 40 }, random);
				const side = Uint8Array.from(values, (value) => (random() < 0.2 + 0.5 * value ? 1 : 0));
				const forwards = matchedEffect(values, side, [values]);
				const backwards = matchedEffect(values.toReversed(), side.toReversed(), [values.toReversed()]);
				if (typeof forwards === 'string' || typeof backwards === 'string') return forwards === backwards;
				return Math.abs(forwards.estimate - backwards.estimate) < 1e-9;
			}),
			{ numRuns: 50 }
		);
	});
});
