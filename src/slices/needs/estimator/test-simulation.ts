import type { Evidence, Question } from './arrange.ts';
import { DEFAULT_SETTINGS, EVIDENCE_SOURCES, type EvidenceSource } from './settings.ts';

/** How often people of a source rate somebody, and what is planted in them. Deviations in levels. */
export type Planted = {
	/** Raters of each person; 0.4: four in ten have one. */
	raters: number;
	/** People who share a rater: the size of a team. 1 for oneself, and where nobody rates. */
	team?: number;
	offset?: number;
	leniency?: number;
	halo?: number;
	error?: number;
	/** Age of the answers in quarters. */
	quarters?: number;
	/** Share of answers that are missing. */
	missing?: number;
};

export type Scenario = {
	seed?: number;
	people: number;
	competencies?: number;
	groups?: number;
	person?: number;
	cell?: number;
	/** True drift in a year, variance. */
	drift?: number;
	/** Whole levels from 0 to 5, as the form has them; else the plain number. */
	whole?: boolean;
	sources: Partial<Record<EvidenceSource, Planted>>;
};

/** A stream of chance from a seed (mulberry32), and normal deviates by Box and Muller. */
export function chance(seed: number) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let x = Math.imul(state ^ (state >>> 15), state | 1);
		x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
		return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
	};
	return {
		next,
		normal: (sd: number) => sd * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
	};
}

export type Simulated = {
	evidence: Evidence;
	question: Question;
	/** True levels, person by person. */
	truth: Float64Array;
	/** True leniency by source and rater index. */
	leniency: Map<string, number>;
};

/** Draws a small agency from the model itself, with what is planted instead of the defaults. */
export function simulate(scenario: Scenario): Simulated {
	const {
		people,
		competencies = 9,
		groups = 3,
		person = 0.5,
		cell = 0.4,
		drift = 0,
		whole = false
	} = scenario;
	const random = chance(scenario.seed ?? 1);
	const pattern = Array.from({ length: competencies }, () => random.normal(0.2));
	const truth = new Float64Array(people * competencies);
	const required = new Int32Array(people * competencies);
	const group = Int32Array.from({ length: people }, (_, i) => i % groups);
	for (let i = 0; i < people; i++) {
		const own = random.normal(person);
		for (let c = 0; c < competencies; c++) {
			const asked = 2 + ((group[i] ?? 0) % 2);
			required[i * competencies + c] = asked;
			truth[i * competencies + c] = asked - 0.3 + (pattern[c] ?? 0) + own + random.normal(cell);
		}
	}
	const rows: number[][] = [];
	const leniency = new Map<string, number>();
	let nextRater = people;
	EVIDENCE_SOURCES.forEach((source, index) => {
		const planted = scenario.sources[source];
		if (planted === undefined) return;
		const { raters, team = 1, offset = 0, quarters = 0, missing = 0 } = planted;
		const assumed = DEFAULT_SETTINGS.sources[source];
		const { leniency: between = Math.sqrt(assumed.leniency), halo = Math.sqrt(assumed.halo) } = planted;
		const { error = Math.sqrt(assumed.error) } = planted;
		for (let from = 0; from < people; from += team) {
			const lot = Array.from({ length: Math.ceil(raters) }, () => {
				const rater = source === 'self' ? from : nextRater++;
				const lenient = random.normal(between);
				leniency.set(`${source} ${rater}`, lenient);
				return { rater, lenient };
			});
			for (let i = from; i < Math.min(people, from + team); i++)
				for (const { rater, lenient } of lot) {
					if (raters < 1 && random.next() > raters) continue;
					const view = random.normal(halo);
					for (let c = 0; c < competencies; c++) {
						const now = truth[i * competencies + c] ?? 0;
						const then = now + random.normal(Math.sqrt((drift * quarters) / 4));
						const said = then + offset + lenient + view + random.normal(error);
						if (random.next() < missing) continue;
						const nobody = ['assessment', 'test', 'certificate'].includes(source);
						const value = whole ? Math.min(5, Math.max(0, Math.round(said))) : said;
						rows.push([i, c, index, nobody ? -1 : rater, value, quarters]);
					}
				}
		}
	});
	return {
		evidence: evidenceOf(rows),
		question: { people, competencies, group, groups, required },
		truth,
		leniency
	};
}

/** Rows of person, competency, source, rater, value, quarters as columns. */
export const evidenceOf = (rows: readonly (readonly number[])[]): Evidence => ({
	person: Int32Array.from(rows, (row) => row[0] ?? 0),
	competency: Int32Array.from(rows, (row) => row[1] ?? 0),
	source: Int32Array.from(rows, (row) => row[2] ?? 0),
	rater: Int32Array.from(rows, (row) => row[3] ?? 0),
	value: Float64Array.from(rows, (row) => row[4] ?? 0),
	quarters: Int32Array.from(rows, (row) => row[5] ?? 0)
});

/** Share of the true levels inside the interval of `reach` deviations, of the people that `of` names. */
export function coverage(
	{ truth, question }: Simulated,
	{ mean, sd }: { mean: Float64Array; sd: Float64Array },
	of: (person: number) => boolean = () => true,
	reach = 1.6448536
): number {
	let inside = 0;
	let all = 0;
	truth.forEach((level, place) => {
		if (!of(Math.floor(place / question.competencies))) return;
		all += 1;
		if (Math.abs(level - (mean[place] ?? NaN)) <= reach * (sd[place] ?? NaN)) inside += 1;
	});
	return inside / all;
}
