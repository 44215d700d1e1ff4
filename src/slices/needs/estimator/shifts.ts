import { at, int, plus } from './columns.ts';
import type { Arranged, Question } from './arrange.ts';
import { cholesky, invert, type Parameters, type PersonBlock } from './person-block.ts';
import { EVIDENCE_SOURCES, type EstimatorSettings } from './settings.ts';

/**
 * What shifts whole sheets: the leniency λ of each rater, and the few numbers γ that concern everybody (the agency's
 * mean distance from what is required, that of each post group, the offset of each source).
 */
export type Shifts = {
	/** Posterior means. */
	leniency: Float64Array;
	global: Float64Array;
	/** Cov(γ) = F Fᵀ, lower. */
	factor: Float64Array;
	/** Response of λ to γ, rater × global: λ moves by this much when γ is known to be one more. */
	response: Float64Array;
	/** Draws of λ around its mean, γ given, one after the other. */
	draws: Float64Array;
	drawn: number;
};

/** Where in γ a group and a source stand; the agency's mean is at 0. */
export const globals = (groups: number): number => 1 + groups + EVIDENCE_SOURCES.length;
export const groupAt = (group: number): number => 1 + group;
export const sourceAt = (groups: number, source: number): number => 1 + groups + source;

const AGENCY_SD = 2;
const FIXED_SD = 1e-6;

/** ±1 without chance: the same for the same numbers, on every machine. */
function sign(draw: number, index: number): number {
	let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b);
	x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
	x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
	return ((x ^ (x >>> 16)) & 1) === 0 ? 1 : -1;
}

/** The system of all people's (B, r): kept between sweeps, so that each starts from where the last one ended. */
export type ShiftSystem = ReturnType<typeof shiftSystem>;

/**
 * λ and γ have a normal posterior with precision Q = prior + Σ Bᵢ. γ is taken out by hand (Schur complement); what is
 * left, rater × rater, is sparse and dominated by its diagonal, so conjugate gradients end in a few steps, each
 * O(sheets²) a person. Its covariance is far too large to write down: it is represented by draws, solutions for right
 * sides with covariance Q (perturb and optimise; Papandreou & Yuille 2010), which are exact whoever rates whom.
 */
export function shiftSystem(
	arranged: Arranged,
	question: Question,
	settings: EstimatorSettings,
	reference: number,
	people: Int32Array,
	draws: number
) {
	const { raters, sheetsFrom, blocksFrom, sheetRater, sheetSource, raterSource } = arranged;
	const n = globals(question.groups);
	const b = new Float64Array(int(blocksFrom, question.people));
	const r = new Float64Array(int(sheetsFrom, question.people));
	const coupling = new Float64Array(raters * n);
	const square = new Float64Array(n * n);
	const score = new Float64Array(n);
	const own = new Float64Array(raters);
	const diagonal = new Float64Array(raters);
	const right = new Float64Array(raters);
	const free = new Float64Array(raters);
	const scratch = {
		residual: new Float64Array(raters),
		direction: new Float64Array(raters),
		product: new Float64Array(raters)
	};
	const shifts: Shifts = {
		leniency: new Float64Array(raters),
		global: new Float64Array(n),
		factor: new Float64Array(n * n),
		response: new Float64Array(raters * n),
		draws: new Float64Array(raters * draws),
		drawn: draws
	};
	const prior = { mean: new Float64Array(n), precision: new Float64Array(n) };
	prior.precision.fill(settings.groupSd ** -2);
	prior.precision[0] = AGENCY_SD ** -2;
	EVIDENCE_SOURCES.forEach((name, source) => {
		const place = sourceAt(question.groups, source);
		const { offset, offsetSd } = settings.sources[name];
		prior.mean[place] = source === reference ? 0 : offset;
		prior.precision[place] = (source === reference ? FIXED_SD : offsetSd) ** -2;
	});

	/** Keeps what a person says of the shifts. */
	function add(person: number, block: PersonBlock): void {
		const { k } = block;
		b.set(block.b.subarray(0, k * k), int(blocksFrom, person));
		r.set(block.r.subarray(0, k), int(sheetsFrom, person));
	}

	/** Gathers diagonal, coupling to γ, γ's own part and the right sides from all that was added. */
	function gather(parameters: Parameters): void {
		coupling.fill(0);
		square.fill(0);
		score.fill(0);
		right.fill(0);
		for (let i = 0; i < raters; i++) {
			own[i] = 1 / at(parameters.leniency, int(raterSource, i));
			diagonal[i] = at(own, i);
		}
		for (const person of people) gatherPerson(person);
	}

	function gatherPerson(person: number): void {
		const sheets = int(sheetsFrom, person);
		const k = int(sheetsFrom, person + 1) - sheets;
		const block = int(blocksFrom, person);
		const group = groupAt(int(question.group, person));
		for (let i = 0; i < k; i++) {
			const rater = int(sheetRater, sheets + i);
			const mine = sourceAt(question.groups, int(sheetSource, sheets + i));
			let row = 0;
			for (let j = 0; j < k; j++) {
				const value = at(b, block + i * k + j);
				const other = sourceAt(question.groups, int(sheetSource, sheets + j));
				row += value;
				plus(square, mine * n + other, value);
				if (rater >= 0) plus(coupling, rater * n + other, value);
			}
			const said = at(r, sheets + i);
			plus(score, 0, said);
			plus(score, group, said);
			plus(score, mine, said);
			for (const shift of [0, group]) {
				plus(square, shift * n + mine, row);
				plus(square, mine * n + shift, row);
				plus(square, shift * n, row);
				plus(square, shift * n + group, row);
			}
			if (rater < 0) continue;
			plus(coupling, rater * n, row);
			plus(coupling, rater * n + group, row);
			plus(diagonal, rater, at(b, block + i * k + i));
			plus(right, rater, said);
		}
	}

	/** out = Q x, raters only. */
	function apply(x: Float64Array, out: Float64Array): void {
		for (let i = 0; i < raters; i++) out[i] = at(own, i) * at(x, i);
		for (let p = 0; p < people.length; p++) {
			const person = int(people, p);
			const sheets = int(sheetsFrom, person);
			const k = int(sheetsFrom, person + 1) - sheets;
			const block = int(blocksFrom, person);
			for (let i = 0; i < k; i++) {
				const rater = int(sheetRater, sheets + i);
				if (rater < 0) continue;
				let value = 0;
				for (let j = 0; j < k; j++) {
					const other = int(sheetRater, sheets + j);
					if (other >= 0) value += at(b, block + i * k + j) * at(x, other);
				}
				out[rater] = at(out, rater) + value;
			}
		}
	}

	/** Conjugate gradients with the diagonal as preconditioner, from `x` on, to a millionth of the right side. */
	function solve(side: Float64Array, x: Float64Array): void {
		const { residual, direction, product } = scratch;
		apply(x, product);
		let norm = 0;
		let rho = 0;
		for (let i = 0; i < raters; i++) {
			const left = at(side, i) - at(product, i);
			residual[i] = left;
			direction[i] = left / at(diagonal, i);
			rho += left * at(direction, i);
			norm += at(side, i) ** 2 / at(diagonal, i);
		}
		for (let step = 0; step < 100 && rho > 1e-10 * norm; step++) {
			apply(direction, product);
			let curve = 0;
			for (let i = 0; i < raters; i++) curve += at(direction, i) * at(product, i);
			const length = rho / curve;
			let next = 0;
			for (let i = 0; i < raters; i++) {
				x[i] = at(x, i) + length * at(direction, i);
				const left = at(residual, i) - length * at(product, i);
				residual[i] = left;
				next += left ** 2 / at(diagonal, i);
			}
			for (let i = 0; i < raters; i++)
				direction[i] = at(residual, i) / at(diagonal, i) + (next / rho) * at(direction, i);
			rho = next;
		}
	}

	const side = new Float64Array(raters);
	const answer = new Float64Array(raters);

	/** Response of λ to one of γ. */
	function solveResponse(j: number): void {
		for (let i = 0; i < raters; i++) {
			side[i] = -at(coupling, i * n + j);
			answer[i] = at(shifts.response, i * n + j);
		}
		solve(side, answer);
		for (let i = 0; i < raters; i++) shifts.response[i * n + j] = at(answer, i);
	}

	/** The means, and the covariance of γ. */
	function solveMeans(): void {
		solve(right, free);
		const system = new Float64Array(n * n);
		const sides = new Float64Array(n);
		for (let i = 0; i < n; i++) {
			sides[i] = at(prior.mean, i) * at(prior.precision, i) + at(score, i);
			for (let l = 0; l < raters; l++) plus(sides, i, at(shifts.response, l * n + i) * at(right, l));
			for (let j = 0; j <= i; j++) {
				let value = at(square, i * n + j) + (i === j ? at(prior.precision, i) : 0);
				for (let l = 0; l < raters; l++) value += at(coupling, l * n + i) * at(shifts.response, l * n + j);
				system[i * n + j] = value;
			}
		}
		const covariance = shifts.factor;
		invert(system, covariance, n, new Float64Array(n));
		for (let i = 0; i < n; i++) {
			let mean = 0;
			for (let j = 0; j < n; j++) mean += at(covariance, i * n + j) * at(sides, j);
			shifts.global[i] = mean;
		}
		cholesky(covariance, n);
		for (let l = 0; l < raters; l++) {
			let mean = at(free, l);
			for (let j = 0; j < n; j++) mean += at(shifts.response, l * n + j) * at(shifts.global, j);
			shifts.leniency[l] = mean;
		}
	}

	const part = new Float64Array(arranged.most.sheets ** 2);
	const rated = new Int32Array(arranged.most.sheets);

	/** One draw of λ around its mean: Q⁻¹ of signs spread by the root of the prior and of each person's B. */
	function solveDraw(draw: number): void {
		for (let i = 0; i < raters; i++) side[i] = Math.sqrt(at(own, i)) * sign(draw, i);
		for (let p = 0; p < people.length; p++) {
			const person = int(people, p);
			const sheets = int(sheetsFrom, person);
			const k = int(sheetsFrom, person + 1) - sheets;
			const block = int(blocksFrom, person);
			let m = 0;
			for (let i = 0; i < k; i++) if (int(sheetRater, sheets + i) >= 0) rated[m++] = i;
			for (let i = 0; i < m; i++)
				for (let j = 0; j <= i; j++) part[i * m + j] = at(b, block + int(rated, i) * k + int(rated, j));
			cholesky(part, m);
			for (let i = 0; i < m; i++) {
				let value = 0;
				for (let j = 0; j <= i; j++)
					value += at(part, i * m + j) * sign(draw, raters + sheets + int(rated, j));
				plus(side, int(sheetRater, sheets + int(rated, i)), value);
			}
		}
		const into = shifts.draws.subarray(draw * raters, (draw + 1) * raters);
		solve(side, into);
	}

	/** All of it, one solution at a time: between two of them others have their turn. Not `sampled`: without draws. */
	function* settle(parameters: Parameters, sampled = true): Generator<undefined, Shifts> {
		gather(parameters);
		yield;
		for (let j = 0; j < n; j++) {
			solveResponse(j);
			yield;
		}
		solveMeans();
		for (let draw = 0; sampled && draw < draws; draw++) {
			solveDraw(draw);
			yield;
		}
		return shifts;
	}

	return { add, settle };
}
