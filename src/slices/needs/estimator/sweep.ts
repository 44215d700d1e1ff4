import { at, int } from './columns.ts';
import type { Arranged, Question } from './arrange.ts';
import type { Parameters, PersonBlock } from './person-block.ts';
import { EVIDENCE_SOURCES, type EstimatorSettings } from './settings.ts';
import { globals, groupAt, sourceAt, type Shifts } from './shifts.ts';

const SOURCES = EVIDENCE_SOURCES.length;

/** Sums of posterior squares and how many they are of: what the next variances are made from. */
export function emptySums(question: Question) {
	const cells = question.groups * question.competencies;
	return {
		person: 0,
		people: 0,
		cell: 0,
		cells: 0,
		halo: new Float64Array(SOURCES),
		sheets: new Float64Array(SOURCES),
		error: new Float64Array(SOURCES),
		observations: new Float64Array(SOURCES),
		/** For the pattern: score and information of each group in each competency. */
		score: new Float64Array(cells),
		information: new Float64Array(cells)
	};
}
export type Sums = ReturnType<typeof emptySums>;

/** Result columns, person by person and competency by competency. */
export type Levels = {
	mean: Float64Array;
	sd: Float64Array;
	/** Weight of each source in the mean, 0 to 1; what is missing to 1 is the post group's. */
	share: Float64Array;
	/** Ratings of this very competency. */
	ratings: Int32Array;
};

/** Walks over a person whose block is read and solved, at the shifts found: adds to the sums, writes levels if asked. */
export function sweeper(arranged: Arranged, question: Question, block: PersonBlock) {
	const size = arranged.most.sheets + 1;
	const n = globals(question.groups);
	const s = new Float64Array(size * size);
	const omega = new Float64Array(size * size);
	const half = new Float64Array(size * size);
	const spread = new Float64Array(size * n);
	const shift = new Float64Array(size);
	const b = new Float64Array(size);
	const z = new Float64Array(size);
	const w = new Float64Array(size);
	const a = new Float64Array(size);
	const answer = new Float64Array(size);
	const row = new Float64Array(size);

	/** Mean and covariance S of the sheets' shifts and, last, of the group's. */
	function readShifts(person: number, shifts: Shifts): void {
		const { k } = block;
		const sheets = int(arranged.sheetsFrom, person);
		const group = groupAt(int(question.group, person));
		const { factor, global, response, draws, drawn, leniency } = shifts;
		const base = at(global, 0) + at(global, group);
		for (let i = 0; i <= k; i++) {
			const rater = i < k ? int(arranged.sheetRater, sheets + i) : -1;
			const source = i < k ? sourceAt(question.groups, int(arranged.sheetSource, sheets + i)) : -1;
			shift[i] = base + (source < 0 ? 0 : at(global, source)) + (rater < 0 ? 0 : at(leniency, rater));
			for (let e = 0; e < n; e++) {
				let value = at(factor, e) * (e === 0 ? 1 : 0);
				if (group >= e) value += at(factor, group * n + e);
				if (source >= e) value += at(factor, source * n + e);
				if (rater >= 0)
					for (let f = e; f < n; f++) value += at(response, rater * n + f) * at(factor, f * n + e);
				spread[i * n + e] = value;
			}
		}
		const w1 = k + 1;
		for (let i = 0; i <= k; i++) {
			const one = i < k ? int(arranged.sheetRater, sheets + i) : -1;
			for (let j = 0; j <= i; j++) {
				const two = j < k ? int(arranged.sheetRater, sheets + j) : -1;
				let value = 0;
				for (let e = 0; e < n; e++) value += at(spread, i * n + e) * at(spread, j * n + e);
				if (one >= 0 && two >= 0 && drawn > 0) {
					let drawnSum = 0;
					for (let d = 0; d < drawn; d++) drawnSum += at(draws, one * drawn + d) * at(draws, two * drawn + d);
					value += drawnSum / drawn;
				}
				s[i * w1 + j] = value;
				s[j * w1 + i] = value;
			}
		}
	}

	/** z and b = T z + t at the mean shifts; Ω = Cov(b). */
	function readPerson(): void {
		const { k, h, c } = block;
		const w1 = k + 1;
		for (let i = 0; i <= k; i++) {
			let value = at(block.z, i);
			for (let j = 0; j < k; j++) value -= at(h, i * k + j) * at(shift, j);
			z[i] = value;
		}
		for (let i = 0; i < k; i++) {
			b[i] = at(z, 0) + at(z, i + 1) + at(shift, i);
			// Rows of J S, J = I − T H.
			for (let j = 0; j < k; j++) {
				let value = at(s, i * w1 + j);
				for (let l = 0; l < k; l++) value -= (at(h, l) + at(h, (i + 1) * k + l)) * at(s, l * w1 + j);
				half[i * k + j] = value;
			}
		}
		for (let i = 0; i < k; i++)
			for (let j = 0; j < k; j++) {
				let value =
					at(c, 0) + at(c, i + 1) + at(c, j + 1) + at(c, (i + 1) * w1 + j + 1) + at(half, i * k + j);
				for (let l = 0; l < k; l++) value -= at(half, i * k + l) * (at(h, l) + at(h, (j + 1) * k + l));
				omega[i * k + j] = value;
			}
	}

	const quadratic = (m: Float64Array, v: Float64Array, k: number): number => {
		let sum = 0;
		for (let i = 0; i < k; i++) {
			const vi = at(v, i);
			if (vi === 0) continue;
			let inner = 0;
			for (let j = 0; j < k; j++) inner += at(m, i * k + j) * at(v, j);
			sum += vi * inner;
		}
		return sum;
	};

	/** Var of the i-th of z: C plus what the shifts' uncertainty does to it. */
	function varianceOfZ(i: number): number {
		const { k, h, c } = block;
		const w1 = k + 1;
		let value = at(c, i * w1 + i);
		for (let j = 0; j < k; j++)
			for (let l = 0; l < k; l++) value += at(h, i * k + j) * at(s, j * w1 + l) * at(h, i * k + l);
		return value;
	}

	function addSheets(person: number, sums: Sums): void {
		sums.people += 1;
		sums.person += at(z, 0) ** 2 + varianceOfZ(0);
		for (let i = 0; i < block.k; i++) {
			const source = int(arranged.sheetSource, int(arranged.sheetsFrom, person) + i);
			sums.halo[source] = at(sums.halo, source) + at(z, i + 1) ** 2 + varianceOfZ(i + 1);
			sums.sheets[source] = at(sums.sheets, source) + 1;
		}
	}

	/** The weights of a cell's sheets (w) and δ's mean; adds to the sums unless they are null. */
	function readCell(person: number, cell: number, parameters: Parameters, sums: Sums | null) {
		const { k, precision, rho, sheetOf, sourceOf } = block;
		const from = int(block.cellFrom, cell);
		const m = int(block.cellFrom, cell + 1) - from;
		const place = int(block.precisionFrom, cell);
		w.fill(0, 0, k);
		let score = 0;
		let information = 0;
		for (let i = 0; i < m; i++) {
			let left = 0;
			let weight = 0;
			if (sums) row.fill(0, 0, k);
			for (let j = 0; j < m; j++) {
				const value = at(precision, place + i * m + j);
				const sheet = int(sheetOf, from + j);
				left += value * (at(rho, from + j) - at(b, sheet));
				weight += value;
				if (sums) row[sheet] = at(row, sheet) + value;
			}
			score += left;
			information += weight;
			const sheet = int(sheetOf, from + i);
			w[sheet] = at(w, sheet) + weight * parameters.cell;
			if (!sums) continue;
			const source = int(sourceOf, from + i);
			const error = at(parameters.error, source);
			const unsure = at(precision, place + i * m + i) - quadratic(omega, row, k);
			sums.error[source] = at(sums.error, source) + (error * left) ** 2 + error - error ** 2 * unsure;
			sums.observations[source] = at(sums.observations, source) + 1;
		}
		const delta = parameters.cell * score;
		const spare = parameters.cell - parameters.cell ** 2 * information;
		if (sums) {
			const place = int(question.group, person) * question.competencies + int(block.cellCompetency, cell);
			sums.score[place] = at(sums.score, place) + score;
			sums.information[place] = at(sums.information, place) + information;
			sums.cell += delta ** 2 + spare + quadratic(omega, w, k);
			sums.cells += 1;
		}
		return { delta, spare, ratings: m };
	}

	/** Level of the person in a competency, w being the cell's weights (zeros where it has no evidence). */
	function writeLevel(
		person: number,
		competency: number,
		found: { delta: number; spare: number; ratings: number },
		parameters: Parameters,
		patternVariance: Float64Array,
		levels: Levels
	): void {
		const { k, h, c } = block;
		const w1 = k + 1;
		const pattern = int(question.group, person) * question.competencies + competency;
		const place = person * question.competencies + competency;
		let weights = 0;
		for (let i = 0; i < k; i++) weights += at(w, i);
		a[0] = 1 - weights;
		for (let i = 0; i < k; i++) a[i + 1] = -at(w, i);
		let group = 1;
		for (let j = 0; j < k; j++) {
			let value = -at(w, j);
			for (let i = 0; i <= k; i++) value -= at(h, i * k + j) * at(a, i);
			answer[j] = value;
			group += value;
			const share = place * SOURCES + int(arranged.sheetSource, int(arranged.sheetsFrom, person) + j);
			levels.share[share] = at(levels.share, share) - value;
		}
		answer[k] = 1;
		levels.mean[place] = at(parameters.pattern, pattern) + at(shift, k) + at(z, 0) + found.delta;
		levels.sd[place] = Math.sqrt(
			found.spare + quadratic(c, a, w1) + quadratic(s, answer, w1) + group ** 2 * at(patternVariance, pattern)
		);
		levels.ratings[place] = found.ratings;
	}

	/** Adds a person to the sums. */
	function addTo(sums: Sums, person: number, shifts: Shifts, parameters: Parameters): void {
		readShifts(person, shifts);
		readPerson();
		addSheets(person, sums);
		for (let cell = 0; cell < block.cells; cell++) readCell(person, cell, parameters, sums);
	}

	/** Writes the levels of a person in all that is asked. */
	function write(
		levels: Levels,
		person: number,
		shifts: Shifts,
		parameters: Parameters,
		patternVariance: Float64Array
	): void {
		readShifts(person, shifts);
		if (block.k > 0) readPerson();
		else z[0] = 0;
		if (block.k === 0) {
			block.c[0] = parameters.person;
		}
		let cell = 0;
		for (let competency = 0; competency < question.competencies; competency++) {
			const here = cell < block.cells && int(block.cellCompetency, cell) === competency;
			if (int(question.required, person * question.competencies + competency) >= 0) {
				if (!here) w.fill(0, 0, block.k);
				const found = here
					? readCell(person, cell, parameters, null)
					: { delta: 0, spare: parameters.cell, ratings: 0 };
				writeLevel(person, competency, found, parameters, patternVariance, levels);
			}
			if (here) cell += 1;
		}
	}

	return { addTo, write };
}

/** The next variances: posterior mean squares, with the defaults as so many observations of their own. */
export function nextParameters(
	now: Parameters,
	sums: Sums,
	leniency: { squares: Float64Array; raters: Float64Array },
	settings: EstimatorSettings,
	pattern: Float64Array
): Parameters {
	const worth = settings.priorWeight;
	const next = (current: number, assumed: number, sum: number, count: number) => {
		if (current === 0) return 0;
		const found = (worth * assumed + sum) / (worth + count);
		// A step half as long again as expectation-maximisation's own: its steps shrink by less than 1 each, so this ends
		// in the same place, sooner.
		return current * (found / current) ** 1.5;
	};
	const bySource = (
		values: Float64Array,
		assumed: 'leniency' | 'halo' | 'error',
		sums: Float64Array,
		counts: Float64Array
	) =>
		Float64Array.from(EVIDENCE_SOURCES, (name, source) =>
			next(at(values, source), settings.sources[name][assumed], at(sums, source), at(counts, source))
		);
	return {
		leniency: bySource(now.leniency, 'leniency', leniency.squares, leniency.raters),
		halo: bySource(now.halo, 'halo', sums.halo, sums.sheets),
		error: bySource(now.error, 'error', sums.error, sums.observations),
		person: next(now.person, settings.person, sums.person, sums.people),
		cell: next(now.cell, settings.cell, sums.cell, sums.cells),
		drift: now.drift,
		pattern
	};
}

/**
 * The groups' patterns, as distances from what is required (`base`), drawn towards the mean of all groups; and how
 * unsure each is.
 */
export function nextPattern(
	pattern: Float64Array,
	base: Float64Array,
	{ score, information }: Pick<Sums, 'score' | 'information'>,
	{ patternSd }: EstimatorSettings,
	{ groups, competencies }: Question
): { pattern: Float64Array; variance: Float64Array } {
	const precision = patternSd ** -2;
	const next = new Float64Array(pattern.length);
	const variance = new Float64Array(pattern.length);
	for (let c = 0; c < competencies; c++) {
		let weighted = 0;
		let weight = 0;
		for (let g = 0; g < groups; g++) {
			const place = g * competencies + c;
			const known = at(information, place);
			const trust = known === 0 ? 0 : 1 / (1 / known + patternSd ** 2);
			weighted +=
				trust * (at(pattern, place) - at(base, place) + (known === 0 ? 0 : at(score, place) / known));
			weight += trust;
		}
		for (let g = 0; g < groups; g++) {
			const place = g * competencies + c;
			const total = at(information, place) + precision;
			const away = at(base, place) + (weight === 0 ? 0 : weighted / weight) - at(pattern, place);
			next[place] = at(pattern, place) + (at(score, place) + away * precision) / total;
			variance[place] = 1 / total;
		}
	}
	return { pattern: next, variance };
}
