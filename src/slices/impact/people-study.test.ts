import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingOf } from './finding.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { listedIn } from './people-list.ts';
import { ageBand, enoughPeople, enoughTogether, gradeRank, pooledGroups, selecting } from './people-study.ts';
import { panel, question, setting } from './test-panel.ts';

describe('groups that errors are counted by', () => {
	test('are units of five and more; smaller ones are put together, and nobody stands in two', () => {
		const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(sizes, (counts) => {
				const people = counts.flatMap((count, unit) =>
					Array.from({ length: count }, (_, at) => ({ code: `O${unit}-${at}`, unitId: `u${unit}` }))
				);
				const groups = Map.groupBy(pooledGroups(people), ([, group]) => group);
				expect([...groups.values()].flat()).toHaveLength(people.length);
				if (people.length >= SMALLEST_GROUP)
					for (const [, own] of groups) expect(own.length).toBeGreaterThanOrEqual(SMALLEST_GROUP);
				// Nobody of a unit is parted from its others.
				const of = pooledGroups(people);
				for (const { code, unitId } of people) expect(of.get(code)).toBe(of.get(`O${unitId.slice(1)}-0`));
			})
		);
	});
});

test('grades of both kinds stand in one ladder, ages in bands', () => {
	expect(
		['I/a', 'II/d', 'III/a', 'III/c', 'IV/e', 'IX', 'XVII', 'IV', null, 'honorer', 'III/z'].map(gradeRank)
	).toEqual([1, 8, 9, 11, 17, 9, 17, 4, null, null, null]);
	expect(ageBand('1985-03-12', '2025-03-11')).toBe(7);
	expect(ageBand('1985-03-12', '2025-03-12')).toBe(8);
	expect(ageBand(null, '2025-01-01')).toBeNull();
});

const person = (treated: boolean, treatedFrom: string | null) => ({
	unitId: '',
	treated,
	treatedFrom,
	lot: null
});
test('of a month with under five together nothing is read', () => {
	const row = (period: number, treated: boolean, start: number | null) => ({
		indicatorId: 'i',
		period,
		treated,
		start
	});
	const five = Array.from({ length: 5 }, () => row(1, true, 1));
	const four = Array.from({ length: 4 }, () => row(1, true, 2));
	const others = Array.from({ length: 5 }, () => row(1, false, null));
	expect(enoughTogether([...five, ...four, ...others])).toEqual([...five, ...others]);
	expect(enoughTogether(four)).toEqual([]);
});

test('a plan is fixed with five on each side and in each step', () => {
	const many = [...Array(5).keys()].flatMap(() => [person(true, '2025-01-01'), person(false, null)]);
	expect(() => enoughPeople(many)).not.toThrow();
	expect(() => enoughPeople(many.slice(1))).toThrow('impact.study.fewPeople');
	expect(() => enoughPeople([...many, person(true, '2025-02-01')])).toThrow('impact.study.fewPeople');
});

test('who takes part is asked for what the rule needs', () => {
	const window = { from: '2025-01-01', to: '2025-03-31' };
	expect(selecting({ treatedBy: 'passed', comparedWith: 'unit', ...window }, 'matched')).toEqual({
		treatedBy: 'passed',
		comparedWith: 'unit',
		...window
	});
	expect(() => selecting({ treatedBy: 'passed', comparedWith: 'unit' }, 'matched')).toThrow();
	expect(() => selecting({ treatedBy: 'applicants', ...window }, 'matched')).toThrow();
	expect(() => selecting({ treatedBy: 'passed', comparedWith: 'waiting', ...window }, 'lottery')).toThrow();
	expect(() => selecting({ treatedBy: 'listed', comparedWith: 'listed' }, 'lottery')).toThrow();
	expect(() => selecting({ treatedBy: 'passed', from: '2025-04-01', to: '2025-03-31' }, 'matched')).toThrow();
	expect(
		listedIn('NIP;peran\n198503122010011001; dilatih ;2026-03\n\n198503122010011002,pembanding')
	).toEqual([
		{ line: 2, nip: '198503122010011001', role: 'treated', from: '2026-03' },
		{ line: 4, nip: '198503122010011002', role: 'comparison' }
	]);
	expect(() => listedIn('198503122010011001;kepala')).toThrow();
});

describe('people in clusters', () => {
	/** Months of people in offices whose ups and downs everybody of an office shares. */
	const people = (trained = 40, offices = 16) =>
		panel({ units: 80, trained, effect: -6 }).map((row) => {
			const office = Number(row.unit.slice(1)) % offices;
			const shared = row.period >= 12 ? ((office * 37) % 11) - 5 : 0;
			return { ...row, value: row.value + shared, cluster: `K${office}` };
		});

	test.each(['before_after_comparison', 'matched', 'staggered_start', 'lottery', 'before_after'] as const)(
		'%s: the same estimate as of independent units, its error counted by office',
		(design) => {
			const rows = people();
			const alone = rows.map(({ cluster: _, ...row }) => row);
			const of = (own: typeof alone) =>
				findingOf(
					question(own, design, {
						setting: setting(
							design,
							design === 'lottery' ? { drawn: new Set(own.map(({ unit }) => unit)) } : {}
						)
					})
				).analysis.main;
			const [together, apart] = [of(rows), of(alone)];
			expect(together.estimate).toBeCloseTo(apart.estimate ?? NaN, 9);
			expect(together.standardError).not.toBeCloseTo(apart.standardError ?? NaN, 3);
			expect(together.df).toBe(15);
		}
	);

	test('too few offices tell nothing, however many people', () => {
		const { verdict } = findingOf(question(people(40, 6), 'before_after_comparison'));
		expect(verdict).toMatchObject({ verdict: 'cannotTell', messageKey: 'impact.verdict.tooFewGroups' });
	});

	test('of a side of under five nothing is said, not even a mean', () => {
		const finding = findingOf(question(people(4), 'before_after_comparison'));
		expect(finding.verdict.verdict).toBe('cannotTell');
		expect(finding.result).toMatchObject({ means: null, estimate: null, eventStudy: [] });
		expect(finding.analysis.main.estimate).toBeNull();
	});
});
