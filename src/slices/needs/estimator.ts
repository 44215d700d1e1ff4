import { arranging, type Arranged, type Evidence, type Question } from './estimator/arrange.ts';
import { at, int } from './estimator/columns.ts';
import { personBlock, type Parameters, type PersonBlock } from './estimator/person-block.ts';
import {
	DEFAULT_SETTINGS,
	EVIDENCE_SOURCES,
	type EstimatorSettings,
	type EvidenceSource
} from './estimator/settings.ts';
import { globals, shiftSystem, sourceAt, type Shifts } from './estimator/shifts.ts';
import { emptySums, nextParameters, nextPattern, sweeper, type Levels } from './estimator/sweep.ts';

/**
 * The gap estimator: what level somebody shows in a competency, how sure that is, and what it rests on, from everything
 * that was said or measured. A linear mixed model, solved by empirical Bayes:
 *
 *   rating of person i in competency c by rater r, source s, at age a
 *     = θ(i,c)  +  o(s)  +  λ(r,s)  +  h(r,i)  +  drift(i,c,a)  +  ε
 *   θ(i,c) = μ(g,c) + p(i) + δ(i,c)
 *
 *   μ(g,c)     mean of the post group g in c; starts from the level required, shifts by group and by pattern
 *   p, δ       how good i is in everything, and in c beside that: the level is drawn towards its post group (pooling)
 *   o(s)       how much higher a source rates than the reference
 *   λ(r,s)     leniency of a rater in the role of one source, shrunk towards 0
 *   h(r,i)     what r thinks of i as a whole (halo): twenty ratings of one rater are not twenty pieces of evidence
 *   drift      a random walk back in time: evidence gains variance for each year of its age
 *   ε          the rest, with its own variance by source, rounding to whole levels included
 *
 * All are normal with mean 0 and a variance each; offsets, leniency, levels and their uncertainty are the exact
 * posterior given the variances (shifts.ts, person-block.ts), the variances themselves the posterior mode around their
 * defaults (settings.ts) by expectation-maximisation. A source's few raters therefore keep the default, thousands
 * replace it. Henderson (1975) for the mixed model, Dempster, Laird & Rubin (1977) for the sweeps.
 *
 * The deviation that is told includes what is not known of leniency, offsets and group means, not of the variances.
 *
 * **What is assumed.** The reference is the assessment centre where there is one, else the supervisors: right on
 * average. Nothing in the data can say so. Where no person has both, an offset stays at its default and its
 * uncertainty is in every level. Who only rates themself cannot be told lenient or able: leniency is part of the halo
 * of self-ratings, one variance for both. Levels 0 to 5 are treated as points of a continuous scale with equal steps
 * and rounding as noise; at the ends, where ratings pile up, levels come out too near to the middle and a little too
 * sure. Who is rated, and by whom, has nothing to do with errors.
 */
export type Estimate = {
	/** Person by person, competency by competency; NaN where nothing was asked. */
	levels: Levels;
	found: Found;
	/** Leniency of each rater and its deviation, in no order that tells who it is. */
	leniency: { source: EvidenceSource; mean: number; sd: number; ratings: number }[];
};

export type SourceFound = {
	source: EvidenceSource;
	offset: number;
	offsetSd: number;
	/** Standard deviations, in levels. */
	leniency: number;
	halo: number;
	error: number;
	ratings: number;
	sheets: number;
	raters: number;
};

/** What the agency's own data made of the defaults. */
export type Found = {
	reference: EvidenceSource | null;
	sources: SourceFound[];
	/** Standard deviations, in levels: between people in everything, and in one competency beside that. */
	person: number;
	cell: number;
	/** Sweeps it took to find the variances, and whether the last changed none by more than a hundredth. */
	sweeps: number;
	settled: boolean;
	people: number;
	ratings: number;
	raters: number;
};

const MOST_SWEEPS = 25;
/** A deviation that changes by less than this share is found. */
const STILL = 0.01;
/** Variances are found from whole teams of about so many people; more would not move their second decimal. */
const ENOUGH_PEOPLE = 3000;
const SWEEP_DRAWS = 4;
/** Draws of leniency behind each deviation: its own error is then about an eighth of the part that leniency has. */
const DRAWS = 32;
/** People between two turns of others. */
const TURN = 150;

/** All but the levels, which are still to be found: each by itself, so that some are written while others are found. */
export type Fit = Estimate & { findLevels: (person: number) => void };

/**
 * Estimates piece by piece: whoever runs it lets others have their turn at each yield, which tells the share that is
 * done. Deterministic; each sweep is O(ratings).
 */
export function* fitting(
	evidence: Evidence,
	question: Question,
	settings: EstimatorSettings = DEFAULT_SETTINGS
): Generator<number, Fit> {
	const arranged = yield* telling(arranging(evidence, question), 0);
	yield 0.05;
	const reference = referenceOf(arranged);
	const block = personBlock(arranged, question);
	const sweep = sweeper(arranged, question, block);
	const base = requiredMeans(question);
	let parameters = startingAt(settings, base);

	const some = wholeTeams(arranged, question);
	const search = shiftSystem(arranged, question, settings, reference, some, SWEEP_DRAWS);
	const active = activeRaters(arranged, some);
	let sweeps = 0;
	let settled = some.length === 0;
	while (!settled && sweeps < MOST_SWEEPS) {
		sweeps += 1;
		const share = 0.05 + (0.5 * sweeps) / MOST_SWEEPS;
		yield* turns(some, share, share, (person) => collect(person, parameters, block, search.add));
		const shifts = yield* telling(search.settle(parameters), share);
		const sums = emptySums(question);
		yield* turns(some, share, share, (person) => {
			collect(person, parameters, block, null);
			sweep.addTo(sums, person, shifts, parameters);
		});
		const { pattern } = nextPattern(parameters.pattern, base, sums, settings, question);
		const next = nextParameters(
			parameters,
			sums,
			leniencySquares(arranged, shifts, active),
			settings,
			pattern
		);
		settled = largestChange(parameters, next) < STILL;
		parameters = next;
	}

	const measured = Int32Array.from({ length: question.people }, (_, i) => i).filter(
		(i) => int(arranged.sheetsFrom, i + 1) > int(arranged.sheetsFrom, i)
	);
	const system = shiftSystem(arranged, question, settings, reference, measured, DRAWS);
	let shifts: Shifts | null = null;
	let patternVariance: Float64Array = new Float64Array(base.length);
	// The pattern once more from everybody, then all of it at that pattern.
	for (const last of [false, true]) {
		const share = last ? 0.85 : 0.65;
		yield* turns(measured, share, share, (person) => collect(person, parameters, block, system.add));
		shifts = yield* telling(system.settle(parameters, last), share);
		if (last) break;
		const sums = emptySums(question);
		const now = shifts;
		yield* turns(measured, share, share, (person) => {
			collect(person, parameters, block, null);
			sweep.addTo(sums, person, now, parameters);
		});
		const { pattern, variance } = nextPattern(parameters.pattern, base, sums, settings, question);
		parameters = { ...parameters, pattern };
		patternVariance = variance;
	}
	if (shifts === null) throw new Error('unreachable: the loop above ran');
	const levels = emptyLevels(question);
	const known = shifts;
	return {
		levels,
		findLevels: (person) => {
			collect(person, parameters, block, null);
			sweep.write(levels, person, known, parameters, patternVariance);
		},
		found: foundOf(arranged, question, shifts, parameters, reference, {
			sweeps,
			settled,
			people: measured.length
		}),
		leniency: leniencies(arranged, shifts)
	};
}

/** All at once, for whoever has nobody waiting. */
export function estimate(evidence: Evidence, question: Question, settings?: EstimatorSettings): Estimate {
	const work = fitting(evidence, question, settings);
	for (;;) {
		const step = work.next();
		if (!step.done) continue;
		for (let person = 0; person < question.people; person++) step.value.findLevels(person);
		return step.value;
	}
}

/** Calls `work` for each person; every few of them yields how much of all is done, between two shares. */
function* turns(
	people: Int32Array,
	before: number,
	after: number,
	work: (person: number) => void
): Generator<number, undefined> {
	for (let i = 0; i < people.length; i++) {
		work(int(people, i));
		if (i % TURN === TURN - 1) yield before + ((after - before) * i) / people.length;
	}
}

function* telling<T>(work: Generator<undefined, T>, share: number): Generator<number, T> {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		yield share;
	}
}

function collect(
	person: number,
	parameters: Parameters,
	block: PersonBlock,
	add: ((person: number, block: PersonBlock) => void) | null
): void {
	if (!block.read(person, parameters)) return;
	block.solve(person, parameters);
	add?.(person, block);
}

const sourceIndex = (name: EvidenceSource): number => EVIDENCE_SOURCES.indexOf(name);

/** −1: neither an assessment centre nor a supervisor ever said anything. */
function referenceOf({ sheetSource }: Arranged): number {
	for (const name of ['assessment', 'supervisor'] as const)
		if (sheetSource.includes(sourceIndex(name))) return sourceIndex(name);
	return -1;
}

function startingAt(settings: EstimatorSettings, base: Float64Array): Parameters {
	const of = (kind: 'leniency' | 'halo' | 'error') =>
		Float64Array.from(EVIDENCE_SOURCES, (name) => settings.sources[name][kind]);
	return {
		leniency: of('leniency'),
		halo: of('halo'),
		error: of('error'),
		person: settings.person,
		cell: settings.cell,
		drift: settings.driftPerYear / 4,
		pattern: base.slice()
	};
}

/** Mean level required of each group in each competency: where its mean is looked for first. */
function requiredMeans({ people, competencies, group, groups, required }: Question): Float64Array {
	const sums = new Float64Array(groups * competencies);
	const counts = new Float64Array(groups * competencies);
	for (let i = 0; i < people; i++)
		for (let c = 0; c < competencies; c++) {
			const level = int(required, i * competencies + c);
			if (level < 0) continue;
			const place = int(group, i) * competencies + c;
			sums[place] = at(sums, place) + level;
			counts[place] = at(counts, place) + 1;
		}
	return sums.map((sum, place) => (at(counts, place) === 0 ? 0 : sum / at(counts, place)));
}

/** Everybody with evidence; of many, whole teams (by their first rater), so that leniency can still be told. */
function wholeTeams(arranged: Arranged, { people }: Question): Int32Array {
	const { sheetsFrom, sheetRater } = arranged;
	const measured: number[] = [];
	for (let i = 0; i < people; i++) if (int(sheetsFrom, i + 1) > int(sheetsFrom, i)) measured.push(i);
	const parts = Math.max(1, Math.round(measured.length / ENOUGH_PEOPLE));
	const chosen = measured.filter((person) => {
		const sheets = sheetRater.subarray(int(sheetsFrom, person), int(sheetsFrom, person + 1));
		const first = sheets.find((rater) => rater >= 0) ?? person;
		return (Math.imul(first + 1, 0x9e3779b1) >>> 8) % parts === 0;
	});
	return Int32Array.from(chosen);
}

function activeRaters({ raters, sheetsFrom, sheetRater }: Arranged, people: Int32Array): Int32Array {
	const active = new Int32Array(raters);
	for (const person of people)
		for (let i = int(sheetsFrom, person); i < int(sheetsFrom, person + 1); i++) {
			const rater = int(sheetRater, i);
			if (rater >= 0) active[rater] = 1;
		}
	return active;
}

/** Var(λ) of a rater: draws, and what is not known of γ. */
function leniencyVariance(shifts: Shifts, rater: number): number {
	const n = shifts.global.length;
	let value = 0;
	for (let d = 0; d < shifts.drawn; d++)
		value += at(shifts.draws, rater * shifts.drawn + d) ** 2 / shifts.drawn;
	for (let e = 0; e < n; e++) {
		let part = 0;
		for (let f = e; f < n; f++) part += at(shifts.response, rater * n + f) * at(shifts.factor, f * n + e);
		value += part ** 2;
	}
	return value;
}

function leniencySquares(arranged: Arranged, shifts: Shifts, active: Int32Array) {
	const squares = new Float64Array(EVIDENCE_SOURCES.length);
	const raters = new Float64Array(EVIDENCE_SOURCES.length);
	for (let rater = 0; rater < arranged.raters; rater++) {
		if (int(active, rater) === 0) continue;
		const source = int(arranged.raterSource, rater);
		squares[source] = at(squares, source) + at(shifts.leniency, rater) ** 2 + leniencyVariance(shifts, rater);
		raters[source] = at(raters, source) + 1;
	}
	return { squares, raters };
}

/** Largest relative change of a deviation. */
function largestChange(before: Parameters, after: Parameters): number {
	const change = (a: number, b: number) => (a === 0 ? 0 : Math.abs(Math.sqrt(b / a) - 1));
	const pairs = (['leniency', 'halo', 'error'] as const).flatMap((kind) =>
		Array.from(before[kind], (value, i) => change(value, at(after[kind], i)))
	);
	return Math.max(...pairs, change(before.person, after.person), change(before.cell, after.cell));
}

function emptyLevels({ people, competencies }: Question): Levels {
	const cells = people * competencies;
	return {
		mean: new Float64Array(cells).fill(NaN),
		sd: new Float64Array(cells).fill(NaN),
		share: new Float64Array(cells * EVIDENCE_SOURCES.length),
		ratings: new Int32Array(cells)
	};
}

function foundOf(
	arranged: Arranged,
	question: Question,
	shifts: Shifts,
	parameters: Parameters,
	reference: number,
	counts: { sweeps: number; settled: boolean; people: number }
): Found {
	const n = globals(question.groups);
	const count = (column: ArrayLike<number>, source: number) => {
		let sum = 0;
		for (let i = 0; i < column.length; i++) if (column[i] === source) sum += 1;
		return sum;
	};
	const deviation = (place: number) => {
		let sum = 0;
		for (let e = 0; e <= place; e++) sum += at(shifts.factor, place * n + e) ** 2;
		return Math.sqrt(sum);
	};
	return {
		reference: EVIDENCE_SOURCES[reference] ?? null,
		sources: EVIDENCE_SOURCES.map((source, index) => {
			const place = sourceAt(question.groups, index);
			return {
				source,
				offset: index === reference ? 0 : at(shifts.global, place),
				offsetSd: index === reference ? 0 : deviation(place),
				leniency: Math.sqrt(at(parameters.leniency, index)),
				halo: Math.sqrt(at(parameters.halo, index)),
				error: Math.sqrt(at(parameters.error, index)),
				ratings: count(arranged.source, index),
				sheets: count(arranged.sheetSource, index),
				raters: count(arranged.raterSource, index)
			};
		}),
		person: Math.sqrt(parameters.person),
		cell: Math.sqrt(parameters.cell),
		...counts,
		ratings: arranged.value.length,
		raters: arranged.raters
	};
}

function leniencies(arranged: Arranged, shifts: Shifts): Estimate['leniency'] {
	const ratings = new Int32Array(arranged.raters);
	for (let person = 0; person + 1 < arranged.sheetsFrom.length; person++)
		for (
			let i = int(arranged.observationsFrom, person);
			i < int(arranged.observationsFrom, person + 1);
			i++
		) {
			const rater = int(arranged.sheetRater, int(arranged.sheetsFrom, person) + int(arranged.sheet, i));
			if (rater >= 0) ratings[rater] = int(ratings, rater) + 1;
		}
	return Array.from(ratings, (given, rater) => ({
		source: EVIDENCE_SOURCES[int(arranged.raterSource, rater)] ?? 'self',
		mean: at(shifts.leniency, rater),
		sd: Math.sqrt(leniencyVariance(shifts, rater)),
		ratings: given
	}));
}
