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
	/** Draws of λ around its mean, γ given, rater × draw. */
	draws: Float64Array;
	drawn: number;
};

/** Where in γ a group and a source stand; the agency's mean is at 0. */
export const globals = (groups: number): number => 1 + groups + EVIDENCE_SOURCES.length;
export const groupAt = (group: number): number => 1 + group;
export const sourceAt = (groups: number, source: number): number => 1 + groups + source;

/** Right sides solved side by side: what is read of a person then serves all of them. */
const TOGETHER = 4;
const SIDES = Array.from({ length: TOGETHER }, (_, s) => s);

const AGENCY_SD = 2;
const FIXED_SD = 1e-6;

/** ±1 without chance: the same for the same numbers, on every machine. */
function sign(draw: number, index: number): number {
	let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b);
	x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
	x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
	return ((x ^ (x >>> 16)) & 1) === 0 ? 1 : -1;
}

/**
 * λ and γ have a normal posterior with precision Q = prior + Σ Bᵢ. γ is taken out by hand (Schur complement); what is
 * left, rater × rater, is sparse and dominated by its diagonal, so conjugate gradients end in a few steps, each
 * O(sheets²) a person. Its covariance is far too large to write down: it is represented by draws, solutions for right
 * sides with covariance Q (perturb and optimise; Papandreou & Yuille 2010), which are exact whoever rates whom. The system
 * is kept between sweeps, so that each starts from where the last one ended.
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
		residual: new Float64Array(raters * TOGETHER),
		direction: new Float64Array(raters * TOGETHER),
		product: new Float64Array(raters * TOGETHER)
	};
	const ratedFrom = new Int32Array(people.length + 1);
	const ratedSheet = new Int32Array(sheetRater.length);
	const ratedBy = new Int32Array(sheetRater.length);
	const ratedBlock = new Float64Array(b.length);
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

	/** Keeps the sheets of people whose raters are told apart, and what B says of them: all that the steps below read. */
	function gatherRated(): void {
		let sheet = 0;
		let place = 0;
		for (let p = 0; p < people.length; p++) {
			const person = int(people, p);
			const sheets = int(sheetsFrom, person);
			const k = int(sheetsFrom, person + 1) - sheets;
			const block = int(blocksFrom, person);
			ratedFrom[p] = sheet;
			for (let i = 0; i < k; i++) {
				if (int(sheetRater, sheets + i) < 0) continue;
				ratedSheet[sheet] = sheets + i;
				ratedBy[sheet++] = int(sheetRater, sheets + i);
				for (let j = 0; j < k; j++)
					if (int(sheetRater, sheets + j) >= 0) ratedBlock[place++] = at(b, block + i * k + j);
			}
		}
		ratedFrom[people.length] = sheet;
	}

	/** out = Q x, raters only, for each of the sides that are solved together. */
	function apply(x: Float64Array, out: Float64Array): void {
		for (let i = 0; i < raters; i++)
			for (let s = i * TOGETHER; s < (i + 1) * TOGETHER; s++) out[s] = at(own, i) * at(x, s);
		let place = 0;
		for (let p = 0; p < people.length; p++) {
			const first = int(ratedFrom, p);
			const last = int(ratedFrom, p + 1);
			for (let i = first; i < last; i++) {
				let v0 = 0;
				let v1 = 0;
				let v2 = 0;
				let v3 = 0;
				for (let j = first; j < last; j++) {
					const value = at(ratedBlock, place++);
					const other = int(ratedBy, j) * TOGETHER;
					v0 += value * at(x, other);
					v1 += value * at(x, other + 1);
					v2 += value * at(x, other + 2);
					v3 += value * at(x, other + 3);
				}
				const rater = int(ratedBy, i) * TOGETHER;
				plus(out, rater, v0);
				plus(out, rater + 1, v1);
				plus(out, rater + 2, v2);
				plus(out, rater + 3, v3);
			}
		}
	}

	/** Sides and answers by rater, those solved together beside each other. */
	const side = new Float64Array(raters * TOGETHER);
	const answer = new Float64Array(raters * TOGETHER);

	/**
	 * Conjugate gradients with the diagonal as preconditioner, from `answer` on, to a millionth of each right side. A side
	 * that is solved stays as it is while the others go on. Others have their turn between two steps.
	 */
	function* solve(): Generator<undefined, void> {
		const { residual, direction, product } = scratch;
		const norm = new Float64Array(TOGETHER);
		const rho = new Float64Array(TOGETHER);
		const isOpen = (s: number): boolean => at(rho, s) > 1e-10 * at(norm, s);
		apply(answer, product);
		for (const s of SIDES) begin(s);
		for (let step = 0; step < 100 && SIDES.some(isOpen); step++) {
			yield;
			apply(direction, product);
			for (const s of SIDES) if (isOpen(s)) go(s);
		}

		function begin(s: number): void {
			for (let i = 0, place = s; i < raters; i++, place += TOGETHER) {
				const left = at(side, place) - at(product, place);
				residual[place] = left;
				direction[place] = left / at(diagonal, i);
				plus(rho, s, left * at(direction, place));
				plus(norm, s, at(side, place) ** 2 / at(diagonal, i));
			}
		}

		function go(s: number): void {
			let curve = 0;
			for (let i = 0, place = s; i < raters; i++, place += TOGETHER)
				curve += at(direction, place) * at(product, place);
			const length = at(rho, s) / curve;
			let next = 0;
			for (let i = 0, place = s; i < raters; i++, place += TOGETHER) {
				answer[place] = at(answer, place) + length * at(direction, place);
				const left = at(residual, place) - length * at(product, place);
				residual[place] = left;
				next += left ** 2 / at(diagonal, i);
			}
			const turn = next / at(rho, s);
			for (let i = 0, place = s; i < raters; i++, place += TOGETHER)
				direction[place] = at(residual, place) / at(diagonal, i) + turn * at(direction, place);
			rho[s] = next;
		}
	}

	/** Responses of λ to some of γ from the `first` on, and λ itself at γ = 0 after the last. */
	function* solveResponses(first: number): Generator<undefined, void> {
		side.fill(0);
		answer.fill(0);
		for (let j = first; j < Math.min(first + TOGETHER, n + 1); j++)
			for (let i = 0; i < raters; i++) {
				const place = i * TOGETHER + j - first;
				side[place] = j < n ? -at(coupling, i * n + j) : at(right, i);
				answer[place] = j < n ? at(shifts.response, i * n + j) : at(free, i);
			}
		yield* solve();
		for (let j = first; j < Math.min(first + TOGETHER, n + 1); j++)
			for (let i = 0; i < raters; i++) {
				const found = at(answer, i * TOGETHER + j - first);
				if (j < n) shifts.response[i * n + j] = found;
				else free[i] = found;
			}
	}

	/** The means, and the covariance of γ. */
	function solveMeans(): void {
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

	/** Draws of λ around its mean: Q⁻¹ of signs spread by the root of the prior and of each person's B. */
	function* solveDraws(first: number): Generator<undefined, void> {
		for (let i = 0, place = 0; i < raters; i++)
			for (let s = 0; s < TOGETHER; s++, place++) side[place] = Math.sqrt(at(own, i)) * sign(first + s, i);
		let block = 0;
		for (let p = 0; p < people.length; p++) {
			const from = int(ratedFrom, p);
			const m = int(ratedFrom, p + 1) - from;
			for (let i = 0; i < m * m; i++) part[i] = at(ratedBlock, block + i);
			block += m * m;
			cholesky(part, m);
			for (let s = 0; s < TOGETHER; s++)
				for (let i = 0; i < m; i++) {
					let value = 0;
					for (let j = 0; j <= i; j++)
						value += at(part, i * m + j) * sign(first + s, raters + int(ratedSheet, from + j));
					plus(side, int(ratedBy, from + i) * TOGETHER + s, value);
				}
		}
		for (let i = 0; i < raters; i++)
			for (let s = 0; s < TOGETHER; s++) answer[i * TOGETHER + s] = at(shifts.draws, i * draws + first + s);
		yield* solve();
		for (let i = 0; i < raters; i++)
			for (let s = 0; s < TOGETHER; s++) shifts.draws[i * draws + first + s] = at(answer, i * TOGETHER + s);
	}

	/** All of it, some solutions at a time: between their steps others have their turn. Not `sampled`: without draws. */
	function* settle(parameters: Parameters, sampled = true): Generator<undefined, Shifts> {
		gather(parameters);
		gatherRated();
		for (let j = 0; j <= n; j += TOGETHER) {
			yield;
			yield* solveResponses(j);
		}
		yield;
		solveMeans();
		for (let draw = 0; sampled && draw < draws; draw += TOGETHER) {
			yield;
			yield* solveDraws(draw);
		}
		return shifts;
	}

	return { add, settle };
}
