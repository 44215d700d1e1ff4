import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLevel, gap, jobPersonMatch, type Rating, type RatingSource } from './gap.ts';

const rated = (source: RatingSource, level: number, on: string): Rating => ({ source, level, on });

describe('a gap', () => {
	test('is what the post asks beyond what the person shows', () => {
		expect(gap(3, 2)).toBe(1);
		expect(gap(2, 3)).toBe(-1);
		expect(gap(2, 2)).toBe(0);
	});

	test('is unknown, not zero, while nobody has rated', () => {
		expect(gap(3, null)).toBeNull();
	});
});

describe('whose rating counts', () => {
	test('an assessment before the supervisor before oneself, and all stay to be seen', () => {
		const self = rated('self', 4, '2026-04-02');
		const supervisor = rated('supervisor', 2, '2026-04-10');
		const assessment = rated('assessment', 3, '2025-09-01');
		expect(chooseLevel([self, supervisor, assessment])).toEqual({
			level: 3,
			source: 'assessment',
			on: '2025-09-01',
			ratings: [assessment, supervisor, self],
			spread: 2
		});
		expect(chooseLevel([self, supervisor])).toMatchObject({ level: 2, source: 'supervisor', spread: 2 });
		expect(chooseLevel([self])).toMatchObject({ level: 4, source: 'self', spread: 0 });
	});

	test('of one source the latest', () => {
		const chosen = chooseLevel([
			rated('self', 2, '2026-04-02'),
			rated('self', 3, '2026-05-02'),
			rated('self', 1, '2025-05-02')
		]);
		expect(chosen).toMatchObject({ level: 3, on: '2026-05-02', spread: 0 });
		expect(chosen?.ratings).toHaveLength(1);
	});

	test('of two on the same day the one given last, which is the correction', () => {
		expect(chooseLevel([rated('self', 2, '2026-04-02'), rated('self', 3, '2026-04-02')])?.level).toBe(3);
	});

	test('without any rating there is no level', () => {
		expect(chooseLevel([])).toBeNull();
	});
});

describe('job-person match', () => {
	const bands = [
		{ from: 90, key: 'optimal' },
		{ from: 78, key: 'fairlyOptimal' },
		{ from: 0, key: 'lessOptimal' }
	] as const;
	const pengawas = [2, 2, 1, 2, 1, 2, 2, 1, 3].map((actual) => ({ required: 2, actual }));

	test('the domain’s vector: 16/18 uncapped, 15/18 capped, three gaps, both fairly optimal', () => {
		expect(jobPersonMatch(pengawas, bands, { capped: false })).toEqual({
			percent: 88.89,
			band: 'fairlyOptimal',
			gaps: 3,
			unmeasured: 0
		});
		expect(jobPersonMatch(pengawas, bands)).toEqual({
			percent: 83.33,
			band: 'fairlyOptimal',
			gaps: 3,
			unmeasured: 0
		});
	});

	test('the bands are the agency’s: the older labels give another word for the same figure', () => {
		const older = [
			{ from: 80, key: 'MS' },
			{ from: 68, key: 'MMS' },
			{ from: 0, key: 'KMS' }
		];
		expect(jobPersonMatch(pengawas, older)?.band).toBe('MS');
		expect(jobPersonMatch(pengawas, [])?.band).toBeNull();
	});

	test('a band begins exactly at its figure', () => {
		const ten = (reached: number) =>
			Array.from({ length: 10 }, (_, i) => ({ required: 1, actual: i < reached ? 1 : 0 }));
		expect(jobPersonMatch(ten(9), bands)).toMatchObject({ percent: 90, band: 'optimal' });
		expect(jobPersonMatch(ten(8), bands)).toMatchObject({ percent: 80, band: 'fairlyOptimal' });
		expect(jobPersonMatch(ten(7), bands)).toMatchObject({ percent: 70, band: 'lessOptimal' });
	});

	test('what was not measured counts neither for nor against', () => {
		const partly = [
			{ required: 2, actual: 2 },
			{ required: 2, actual: null }
		];
		expect(jobPersonMatch(partly, bands)).toMatchObject({ percent: 100, gaps: 0, unmeasured: 1 });
		expect(jobPersonMatch([{ required: 2, actual: null }], bands)).toBeNull();
	});

	test('capped, nobody is more than 100 % fit', () => {
		const level = fc.record({
			required: fc.integer({ min: 1, max: 5 }),
			actual: fc.integer({ min: 0, max: 5 })
		});
		fc.assert(
			fc.property(fc.array(level, { minLength: 1 }), (levels) => {
				const capped = jobPersonMatch(levels, bands)?.percent ?? -1;
				const uncapped = jobPersonMatch(levels, bands, { capped: false })?.percent ?? -1;
				expect(capped).toBeGreaterThanOrEqual(0);
				expect(capped).toBeLessThanOrEqual(Math.min(100, uncapped));
			})
		);
	});
});
