import { at, int } from './columns.ts';
import type { Arranged, Question } from './arrange.ts';

/** What the sweeps look for. Variances by source, in levels squared; `pattern` is group × competency. */
export type Parameters = {
	leniency: Float64Array;
	halo: Float64Array;
	error: Float64Array;
	person: number;
	cell: number;
	/** Drift variance of a quarter. */
	drift: number;
	/** Mean level of a group in a competency, without the shift that the whole group has in all of them. */
	pattern: Float64Array;
};

/**
 * The algebra of one person, given the shift t of each of their sheets (offset of the source + leniency of the rater +
 * shift of the post group). With ρ the ratings minus the pattern, per competency c
 *
 *   ρ_c = T z + t + δ_c + drift + ε,  z = (p, h₁ … h_K),  T = [1 I]  (who is good overall; the halo of each sheet)
 *   M_c = Cov(δ_c + drift + ε)⁻¹,     A = Σ M_c and g = Σ M_c ρ_c, gathered by sheet
 *
 * so that z given t is normal with covariance C = (diag(1/σ²) + TᵀA T)⁻¹ and mean C Tᵀ(g − A t), and what the person
 * says of t has precision B = A − A T C TᵀA and score r = g − A T C Tᵀg. Arrays are used again for the next person.
 */
export type PersonBlock = ReturnType<typeof personBlock>;

export function personBlock(arranged: Arranged, question: Question) {
	const { most, observationsFrom, sheetsFrom } = arranged;
	const size = most.sheets;
	const block = {
		/** Observations, sheets and competencies with evidence of the person read last. */
		n: 0,
		k: 0,
		cells: 0,
		cellFrom: new Int32Array(question.competencies + 1),
		cellCompetency: new Int32Array(question.competencies),
		/** M of each cell, one after the other. */
		precision: new Float64Array(Math.max(1, most.observations * most.cell)),
		precisionFrom: new Int32Array(question.competencies + 1),
		rho: new Float64Array(most.observations),
		sheetOf: new Int32Array(most.observations),
		sourceOf: new Int32Array(most.observations),
		a: new Float64Array(size * size),
		g: new Float64Array(size),
		/** (K+1) × (K+1). */
		c: new Float64Array((size + 1) ** 2),
		/** C TᵀA, (K+1) × K: how z answers to t, with the sign turned. */
		h: new Float64Array((size + 1) * size),
		z: new Float64Array(size + 1),
		b: new Float64Array(size * size),
		r: new Float64Array(size),
		read,
		solve
	};
	const factor = new Float64Array((size + 1) ** 2);
	const column = new Float64Array(Math.max(size + 1, most.observations));

	/** Reads a person's ratings into M, A and g. False without any. */
	function read(person: number, parameters: Parameters): boolean {
		const from = int(observationsFrom, person);
		const n = int(observationsFrom, person + 1) - from;
		const k = int(sheetsFrom, person + 1) - int(sheetsFrom, person);
		block.n = n;
		block.k = k;
		block.cells = 0;
		if (n === 0) return false;
		const { a, g, rho, sheetOf, sourceOf } = block;
		a.fill(0, 0, k * k);
		g.fill(0, 0, k);
		const pattern = int(question.group, person) * question.competencies;
		let start = 0;
		let place = 0;
		for (let i = 0; i < n; i++) {
			const c = int(arranged.competency, from + i);
			rho[i] = at(arranged.value, from + i) - at(parameters.pattern, pattern + c);
			sheetOf[i] = int(arranged.sheet, from + i);
			sourceOf[i] = int(arranged.source, from + i);
			if (i + 1 < n && int(arranged.competency, from + i + 1) === c) continue;
			block.cellFrom[block.cells] = start;
			block.cellCompetency[block.cells] = c;
			block.precisionFrom[block.cells] = place;
			readCell(from, start, i + 1 - start, place, k, parameters);
			block.cells += 1;
			place += (i + 1 - start) ** 2;
			start = i + 1;
		}
		block.cellFrom[block.cells] = n;
		return true;
	}

	/** M of one cell by Sherman and Morrison: errors apart, then what the ratings share, newest to oldest. */
	function readCell(
		from: number,
		start: number,
		n: number,
		place: number,
		k: number,
		{ error, cell, drift }: Parameters
	): void {
		const m = block.precision;
		let sum = 0;
		let oldest = 0;
		for (let i = 0; i < n; i++) {
			const x = 1 / at(error, int(block.sourceOf, start + i));
			column[i] = x;
			sum += x;
			oldest = Math.max(oldest, int(arranged.quarters, from + start + i));
		}
		const shared = 1 / (1 / cell + sum);
		for (let i = 0; i < n; i++) {
			const x = at(column, i);
			for (let j = 0; j < n; j++) m[place + i * n + j] = (i === j ? x : 0) - x * at(column, j) * shared;
		}
		for (let age = 0; age < oldest && drift > 0;) age = addDrift(from + start, n, place, age, drift);
		for (let i = 0; i < n; i++) {
			const row = int(block.sheetOf, start + i);
			let score = 0;
			for (let j = 0; j < n; j++) {
				const value = at(m, place + i * n + j);
				const target = row * k + int(block.sheetOf, start + j);
				block.a[target] = at(block.a, target) + value;
				score += value * at(block.rho, start + j);
			}
			block.g[row] = at(block.g, row) + score;
		}
	}

	/** A walk: all that is older than `age` shares the drift between it and the next younger. Answers that next age. */
	function addDrift(first: number, n: number, place: number, age: number, drift: number): number {
		let next = Infinity;
		for (let i = 0; i < n; i++) {
			const q = int(arranged.quarters, first + i);
			if (q > age && q < next) next = q;
		}
		const m = block.precision;
		let sum = 0;
		for (let i = 0; i < n; i++) {
			let y = 0;
			for (let j = 0; j < n; j++) if (int(arranged.quarters, first + j) > age) y += at(m, place + i * n + j);
			column[i] = y;
			if (int(arranged.quarters, first + i) > age) sum += y;
		}
		const shared = 1 / (1 / (drift * (next - age)) + sum);
		for (let i = 0; i < n; i++)
			for (let j = 0; j < n; j++)
				m[place + i * n + j] = at(m, place + i * n + j) - at(column, i) * at(column, j) * shared;
		return next;
	}

	/** C, its answer H to the shifts, z at t = 0, and what the person says of the shifts (B, r). */
	function solve(person: number, { person: own, halo }: Parameters): void {
		const { k, a, g, c, h, z, b, r } = block;
		const w = k + 1;
		const sheets = int(sheetsFrom, person);
		let total = 0;
		for (let i = 0; i < k; i++) {
			let row = 0;
			for (let j = 0; j < k; j++) {
				const value = at(a, i * k + j);
				row += value;
				factor[(i + 1) * w + j + 1] = value;
			}
			factor[i + 1] = row;
			factor[(i + 1) * w] = row;
			const diagonal = (i + 1) * w + i + 1;
			factor[diagonal] = at(factor, diagonal) + 1 / at(halo, int(arranged.sheetSource, sheets + i));
			total += row;
		}
		factor[0] = total + 1 / own;
		invert(factor, c, w, column);
		// H = C TᵀA: the first column of C meets the column sums of A, the others A itself.
		for (let i = 0; i < w; i++) {
			let mean = 0;
			for (let l = 0; l < k; l++) {
				let sums = 0;
				let value = 0;
				for (let j = 0; j < k; j++) {
					const al = at(a, j * k + l);
					sums += al;
					value += at(c, i * w + j + 1) * al;
				}
				h[i * k + l] = value + at(c, i * w) * sums;
				mean += (at(c, i * w + l + 1) + at(c, i * w)) * at(g, l);
			}
			z[i] = mean;
		}
		for (let i = 0; i < k; i++) {
			let score = at(g, i);
			for (let l = 0; l < k; l++) {
				let value = at(a, i * k + l);
				const aij = value;
				for (let j = 0; j < k; j++) value -= at(a, i * k + j) * (at(h, l) + at(h, (j + 1) * k + l));
				b[i * k + l] = value;
				score -= aij * (at(z, 0) + at(z, l + 1));
			}
			r[i] = score;
		}
	}

	return block;
}

/** Inverse of a symmetric positive definite matrix (lower factor overwritten) by Cholesky. */
export function invert(factor: Float64Array, inverse: Float64Array, w: number, column: Float64Array): void {
	cholesky(factor, w);
	for (let e = 0; e < w; e++) {
		for (let i = 0; i < w; i++) {
			let value = i === e ? 1 : 0;
			for (let j = e; j < i; j++) value -= at(factor, i * w + j) * at(column, j);
			column[i] = i < e ? 0 : value / at(factor, i * w + i);
		}
		for (let i = w - 1; i >= e; i--) {
			let value = at(column, i);
			for (let j = i + 1; j < w; j++) value -= at(factor, j * w + i) * at(inverse, j * w + e);
			value /= at(factor, i * w + i);
			inverse[i * w + e] = value;
			inverse[e * w + i] = value;
		}
	}
}

/** Lower Cholesky factor in place; what is above the diagonal stays. A pivot lost to rounding leaves a column of zeros. */
export function cholesky(factor: Float64Array, w: number): void {
	for (let j = 0; j < w; j++) {
		let pivot = at(factor, j * w + j);
		const scale = Math.abs(pivot);
		for (let l = 0; l < j; l++) pivot -= at(factor, j * w + l) ** 2;
		const root = pivot > 1e-12 * scale ? Math.sqrt(pivot) : 0;
		factor[j * w + j] = root;
		for (let i = j + 1; i < w; i++) {
			let value = at(factor, i * w + j);
			for (let l = 0; l < j; l++) value -= at(factor, i * w + l) * at(factor, j * w + l);
			factor[i * w + j] = root === 0 ? 0 : value / root;
		}
	}
}
