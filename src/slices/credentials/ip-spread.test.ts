import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IP_CATEGORIES } from './ip-asn.ts';
import { hideSmall, type Spread } from './ip-spread.ts';

const spread = (counts: readonly number[]): Spread => {
	const [veryHigh = 0, high = 0, medium = 0, low = 0, veryLow = 0] = counts;
	return {
		people: counts.reduce((sum, count) => sum + count, 0),
		mean: 70,
		qualification: 15,
		competence: 25,
		performance: 25,
		discipline: 5,
		categories: { veryHigh, high, medium, low, veryLow }
	};
};

test('a small cell takes the next smallest with it, because the total would tell it', () => {
	expect(hideSmall(spread([2, 40, 9, 30, 20])).categories).toEqual({
		veryHigh: null,
		high: 40,
		medium: null,
		low: 30,
		veryLow: 20
	});
	expect(hideSmall(spread([2, 3, 9, 30, 20])).categories).toMatchObject({
		veryHigh: null,
		high: null,
		medium: 9
	});
	expect(hideSmall(spread([0, 5, 9, 0, 20])).categories).toMatchObject({ veryHigh: 0, high: 5, low: 0 });
});

test('a group of fewer than five tells nothing', () => {
	expect(hideSmall(spread([0, 0, 4, 0, 0]))).toMatchObject({
		people: 4,
		mean: null,
		categories: { medium: null, low: null }
	});
});

test('nobody can reckon a small cell from the rest', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 5 }), (counts) => {
			const whole = spread(counts);
			const { categories } = hideSmall(whole);
			const hidden = IP_CATEGORIES.filter((category) => categories[category] === null);
			for (const category of IP_CATEGORIES) {
				const many = whole.categories[category];
				if (many > 0 && many < 5) expect(categories[category]).toBeNull();
			}
			// One hidden cell alone would be the total less the others.
			if (whole.people >= 5 && hidden.length === 1)
				expect(IP_CATEGORIES.filter((category) => whole.categories[category] > 0)).toHaveLength(1);
		})
	);
});
