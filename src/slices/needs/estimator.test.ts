import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate, type Estimate } from './estimator.ts';
import { DEFAULT_SETTINGS, EVIDENCE_SOURCES } from './estimator/settings.ts';
import {
	chance,
	coverage,
	evidenceOf,
	simulate,
	type Scenario,
	type Simulated
} from './estimator/test-simulation.ts';

const SUPERVISOR = EVIDENCE_SOURCES.indexOf('supervisor');
const SELF = EVIDENCE_SOURCES.indexOf('self');
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean share of true levels inside the 90 % interval over several drawn agencies. */
function covered(scenario: Scenario, seeds: number, of?: (person: number) => boolean): number {
	return mean(
		Array.from({ length: seeds }, (_, seed) => {
			const drawn = simulate({ ...scenario, seed: seed + 1 });
			return coverage(drawn, estimate(drawn.evidence, drawn.question).levels, of);
		})
	);
}

describe('ninety of a hundred intervals hold the true level', () => {
	const TEAM = { raters: 1, team: 8, leniency: 0.35 };
	test.each<[string, Scenario, number]>([
		[
			'self and supervisor in whole levels, supervisors lenient and strict',
			{ people: 400, whole: true, sources: { self: { raters: 1, offset: 0.3 }, supervisor: TEAM } },
			3
		],
		[
			'many raters',
			{
				people: 160,
				whole: true,
				sources: {
					self: { raters: 1, offset: 0.3 },
					supervisor: TEAM,
					peer: { raters: 3, team: 8, offset: 0.1 },
					subordinate: { raters: 2, team: 8, offset: 0.1 }
				}
			},
			2
		],
		[
			'few raters: a supervisor of three, nobody else',
			{ people: 300, sources: { supervisor: { ...TEAM, team: 3 } } },
			3
		],
		['one supervisor of forty', { people: 400, sources: { supervisor: { ...TEAM, team: 40 } } }, 3],
		[
			'a tiny agency',
			{
				people: 12,
				groups: 1,
				sources: { supervisor: { raters: 1, team: 12 }, self: { raters: 1, offset: 0.25 } }
			},
			60
		],
		[
			'old evidence',
			{
				people: 400,
				drift: DEFAULT_SETTINGS.driftPerYear,
				sources: { supervisor: { ...TEAM, quarters: 10 }, self: { raters: 1, offset: 0.25 } }
			},
			3
		],
		[
			'missing answers and missing people',
			{
				people: 400,
				sources: {
					supervisor: { ...TEAM, raters: 0.6, missing: 0.3 },
					self: { raters: 0.7, offset: 0.3, missing: 0.4 }
				}
			},
			3
		],
		[
			'supervisors and selves far above the assessment centre',
			{
				people: 400,
				sources: {
					assessment: { raters: 0.15 },
					supervisor: { ...TEAM, offset: 0.5 },
					self: { raters: 1, offset: 0.9 }
				}
			},
			3
		],
		[
			'noisier than the defaults assume',
			{
				people: 400,
				person: 0.7,
				cell: 0.6,
				sources: {
					supervisor: { ...TEAM, error: 0.8 },
					self: { raters: 1, error: 0.9, halo: 0.8, offset: 0.2 }
				}
			},
			3
		]
	])('%s', (_, scenario, seeds) => {
		const share = covered(scenario, seeds);
		expect(share).toBeGreaterThan(0.87);
		expect(share).toBeLessThan(0.93);
	});

	test('of people who only rated themselves, among others who were rated', () => {
		const drawn = simulate({
			people: 400,
			sources: { self: { raters: 1, offset: 0.3 }, supervisor: { raters: 1, team: 8 } }
		});
		const only = (person: number) => person >= 320;
		const keep = drawn.evidence.source.map(
			(source, i) => +(source === SELF || !only(drawn.evidence.person[i] ?? 0))
		);
		const { levels } = estimate(evidenceOf(rowsOf(drawn).filter((_, i) => keep[i] === 1)), drawn.question);
		expect(coverage(drawn, levels, only)).toBeGreaterThan(0.87);
		expect(coverage(drawn, levels, only)).toBeLessThan(0.93);
		// Twenty answers about oneself are far from twenty pieces of evidence.
		const sd = (of: (person: number) => boolean) =>
			mean([...levels.sd].filter((_, place) => of(Math.floor(place / 9))));
		expect(sd(only)).toBeGreaterThan(1.15 * sd((person) => !only(person)));
	});

	test('where nothing tells how lenient selves are, over all the ways in which they might be', () => {
		const { offset, offsetSd } = DEFAULT_SETTINGS.sources.self;
		const random = chance(5);
		const shares = Array.from({ length: 40 }, (_, seed) => {
			const self = { raters: 1, offset: offset + random.normal(offsetSd) };
			const drawn = simulate({ people: 120, seed: seed + 1, sources: { self } });
			const { found, levels } = estimate(drawn.evidence, drawn.question);
			expect(found.reference).toBeNull();
			expect(found.sources[SELF]?.offsetSd).toBeGreaterThan(0.25);
			return coverage(drawn, levels);
		});
		expect(mean(shares)).toBeGreaterThan(0.87);
		expect(mean(shares)).toBeLessThan(0.94);
	});
});

const rowsOf = ({ evidence }: Simulated): number[][] =>
	Array.from(evidence.person, (person, i) => [
		person,
		evidence.competency[i] ?? 0,
		evidence.source[i] ?? 0,
		evidence.rater[i] ?? 0,
		evidence.value[i] ?? 0,
		evidence.quarters[i] ?? 0
	]);

const again = (drawn: Simulated, change: (row: number[]) => number[]): Estimate =>
	estimate(evidenceOf(rowsOf(drawn).map(change)), drawn.question);

describe('what was planted is found', () => {
	const drawn = simulate({
		people: 600,
		whole: true,
		sources: {
			assessment: { raters: 0.3 },
			supervisor: { raters: 1, team: 10, leniency: 0.4, offset: 0.2 },
			peer: { raters: 2, team: 10, offset: 0.4 },
			self: { raters: 1, offset: 0.6 }
		}
	});
	const { levels, found, leniency } = estimate(drawn.evidence, drawn.question);

	test('levels, closer than the latest rating and closer than the plain mean', () => {
		const off = (of: (place: number) => number) =>
			Math.sqrt(mean([...drawn.truth].map((level, place) => (level - of(place)) ** 2)));
		const sums = new Map<number, number[]>();
		for (const [person = 0, competency = 0, , , value = 0] of rowsOf(drawn))
			sums.set(person * 9 + competency, [...(sums.get(person * 9 + competency) ?? []), value]);
		const estimated = off((place) => levels.mean[place] ?? 0);
		expect(estimated).toBeLessThan(0.7 * off((place) => mean(sums.get(place) ?? [0])));
		expect(estimated).toBeLessThan(0.5 * off((place) => sums.get(place)?.at(-1) ?? 0));
	});

	test('who is lenient and who is strict', () => {
		const own = leniency.filter((rater) => rater.source === 'supervisor');
		const true_ = [...drawn.leniency]
			.filter(([key]) => key.startsWith('supervisor'))
			.map(([, value]) => value);
		const inside = own.filter((rater, i) => Math.abs((true_[i] ?? 0) - rater.mean) < 1.645 * rater.sd).length;
		expect(own).toHaveLength(60);
		expect(inside / own.length).toBeGreaterThan(0.8);
		expect(mean(own.map((rater, i) => (rater.mean - (true_[i] ?? 0)) ** 2))).toBeLessThan(0.05);
	});

	test('how much higher a source rates, and how far people and answers lie apart', () => {
		const of = (name: string) => found.sources.find(({ source }) => source === name);
		expect(found.reference).toBe('assessment');
		for (const [name, offset] of [
			['supervisor', 0.2],
			['peer', 0.4],
			['self', 0.6]
		] as const)
			// prettier-ignore
			expect(Math.abs((of(name)?.offset ?? 9) - offset)).toBeLessThan(2.5 * (of(name)?.offsetSd ?? 0));
		expect(of('supervisor')?.leniency).toBeGreaterThan(0.28);
		expect(found.person).toBeGreaterThan(0.42);
		expect(found.person).toBeLessThan(0.58);
		expect(found.cell).toBeGreaterThan(0.35);
		expect(found.cell).toBeLessThan(0.45);
		expect(found.settled).toBe(true);
	});
});

describe('the estimate', () => {
	const drawn = simulate({
		people: 120,
		competencies: 5,
		sources: { supervisor: { raters: 1, team: 10 }, self: { raters: 1, offset: 0.3 } }
	});
	const plain = estimate(drawn.evidence, drawn.question);
	const furthest = (a: Estimate, b: Estimate, shift = 0) =>
		Math.max(
			...[...a.levels.mean].map((level, place) => Math.abs((b.levels.mean[place] ?? 0) - level - shift))
		);

	test('does not depend on the order in which ratings come', () => {
		fc.assert(
			fc.property(fc.integer(), (seed) => {
				const random = chance(seed);
				const shuffled = rowsOf(drawn).map((row) => ({ row, at: random.next() }));
				const rows = shuffled.sort((a, b) => a.at - b.at).map(({ row }) => row);
				const other = estimate(evidenceOf(rows), drawn.question);
				expect(furthest(plain, other)).toBeLessThan(1e-9);
				expect(other.levels.sd).toEqual(plain.levels.sd);
			}),
			{ numRuns: 5 }
		);
	});

	test('gives a lenient rater leniency and leaves the levels of their people nearly where they were', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.2, max: 0.8, noNaN: true }).chain((size) => fc.constantFrom(size, -size)),
				(more) => {
					const rater = drawn.evidence.rater[drawn.evidence.source.indexOf(SUPERVISOR)] ?? -1;
					const other = again(drawn, ([p = 0, c = 0, s = 0, r = 0, v = 0, q = 0]) => [p, c, s, r, s === SUPERVISOR && r === rater ? v + more : v, q]); // prettier-ignore
					const moved = (other.leniency[0]?.mean ?? 0) - (plain.leniency[0]?.mean ?? 0);
					expect(Math.sign(moved)).toBe(Math.sign(more));
					// Of other teams nothing is learnt from it but how far raters may lie apart.
					expect(furthest(plain, other)).toBeLessThan(0.55 * Math.abs(more) + 0.02);
					expect(Math.abs(moved)).toBeGreaterThan(0.4 * Math.abs(more) - 0.02);
				}
			),
			{ numRuns: 8 }
		);
	});

	test('moves with everything that moves: ratings and what is required', () => {
		const other = estimate(
			evidenceOf(rowsOf(drawn).map(([p = 0, c = 0, s = 0, r = 0, v = 0, q = 0]) => [p, c, s, r, v + 1, q])),
			{ ...drawn.question, required: drawn.question.required.map((level) => level + 1) }
		);
		expect(furthest(plain, other, 1)).toBeLessThan(1e-6);
	});

	test('gives a source that rates higher a higher offset and leaves the levels', () => {
		const other = again(drawn, ([p = 0, c = 0, s = 0, r = 0, v = 0, q = 0]) => [p, c, s, r, s === SELF ? v + 0.5 : v, q]); // prettier-ignore
		const offset = (one: Estimate) => one.found.sources[SELF]?.offset ?? 0;
		expect(offset(other) - offset(plain)).toBeGreaterThan(0.36);
		expect(furthest(plain, other)).toBeLessThan(0.1);
	});

	test('says of each level what carried it, all of it', () => {
		for (let place = 0; place < plain.levels.mean.length; place++) {
			const shares = EVIDENCE_SOURCES.map(
				(_, source) => plain.levels.share[place * EVIDENCE_SOURCES.length + source] ?? 0
			);
			const all = shares.reduce((sum, share) => sum + share, 0);
			expect(all).toBeGreaterThan(0.2);
			expect(all).toBeLessThan(1);
			expect(shares[SUPERVISOR]).toBeGreaterThan(shares[SELF] ?? 1);
		}
	});
});

describe('one rating or none', () => {
	const question = {
		people: 41,
		competencies: 1,
		group: new Int32Array(41),
		groups: 1,
		required: new Int32Array(41).fill(3)
	};
	const colleagues = Array.from({ length: 39 }, (_, i) => [
		i + 2,
		0,
		SUPERVISOR,
		Math.floor(i / 4),
		3 + ((i * 7) % 3) - 1,
		0
	]);
	const of = (rows: number[][]) => estimate(evidenceOf([...colleagues, ...rows]), question).levels;

	test('gives a wide band: nothing at all is the group’s mean, and hardly anything is sure', () => {
		const { mean: level, sd, ratings } = of([]);
		expect(ratings[0]).toBe(0);
		expect(level[0]).toBeGreaterThan(2.5);
		expect(level[0]).toBeLessThan(3.3);
		expect(sd[0]).toBeGreaterThan(0.45);
		expect(2 * 1.645 * (of([[0, 0, SUPERVISOR, 99, 1, 0]]).sd[0] ?? 0)).toBeGreaterThan(1.2);
	});

	test('a rating moves the level towards itself and never past it; an old one less', () => {
		const at = (value: number, quarters: number) =>
			of([[0, 0, SUPERVISOR, 99, value, quarters]]).mean[0] ?? 0;
		const none = of([]).mean[0] ?? 0;
		expect(at(1, 0)).toBeLessThan(none - 0.3);
		expect(at(1, 0)).toBeGreaterThan(1.3);
		expect(at(1, 12)).toBeGreaterThan(at(1, 0));
		expect(at(1, 12)).toBeLessThan(none);
	});

	test('what is not asked is not answered, and nobody at all is no trouble', () => {
		const required = question.required.slice();
		required[0] = -1;
		expect(estimate(evidenceOf(colleagues), { ...question, required }).levels.mean[0]).toBeNaN();
		const nobody = {
			people: 0,
			competencies: 0,
			group: new Int32Array(0),
			groups: 0,
			required: new Int32Array(0)
		};
		expect(estimate(evidenceOf([]), nobody).levels.mean).toHaveLength(0);
		const silent = estimate(evidenceOf([]), question);
		expect(silent.found.reference).toBeNull();
		expect(silent.levels.sd[0]).toBeGreaterThan(0.6);
	});
});
