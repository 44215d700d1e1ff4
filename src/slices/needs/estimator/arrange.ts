import { int } from './columns.ts';
import { EVIDENCE_SOURCES, RATED_BY_OTHERS } from './settings.ts';

/** Evidence column by column: the i-th of each belongs together. */
export type Evidence = {
	/** Index of the person, of the competency, and of the source in EVIDENCE_SOURCES. */
	person: Int32Array;
	competency: Int32Array;
	source: Int32Array;
	/** Index of whoever rates; −1 where nobody does (assessment centre, test, certificate). Of oneself it is not read. */
	rater: Int32Array;
	value: Float64Array;
	/** Age in quarters of a year: evidence is not dated more exactly than that. */
	quarters: Int32Array;
};

/** Whose level in what is asked for. */
export type Question = {
	people: number;
	competencies: number;
	/** Post group of each person, 0 to groups − 1. */
	group: Int32Array;
	groups: number;
	/** Level required, person by person and competency by competency; below 0 where nothing is asked. */
	required: Int32Array;
};

/**
 * The evidence in the order in which the estimator walks over it: by person, competency, source, rater and age, so that
 * the order of the input changes nothing. A *sheet* is what one rater says of one person, a *rater* somebody in the
 * role of one source: who rates as a supervisor and as a peer may be strict in one and lenient in the other.
 */
export type Arranged = {
	/** First observation and first sheet of each person; one more than there are people. */
	observationsFrom: Int32Array;
	sheetsFrom: Int32Array;
	/** Where the sheet × sheet matrix of each person begins. */
	blocksFrom: Int32Array;
	competency: Int32Array;
	/** Within the person, from 0. */
	sheet: Int32Array;
	source: Int32Array;
	value: Float64Array;
	quarters: Int32Array;
	sheetSource: Int32Array;
	/** −1 where no leniency can be told from the level. */
	sheetRater: Int32Array;
	raters: number;
	raterSource: Int32Array;
	/** Most observations and sheets of one person, and most observations of one person in one competency. */
	most: { observations: number; sheets: number; cell: number };
};

/**
 * One pass of a stable counting sort: `order` sorted by a column of numbers from `least` to below `keys` more. O(n + keys).
 * A column, not a function of the row: called for each of 1.2 million rows that would take twice the time.
 */
function sortedBy(order: Int32Array, column: Int32Array, keys: number, least = 0): Int32Array {
	const starts = new Int32Array(keys + 1);
	for (let i = 0; i < column.length; i++) {
		const k = int(column, i) - least + 1;
		starts[k] = int(starts, k) + 1;
	}
	// All of one key, as the ages of answers in one campaign are.
	if (starts.includes(order.length)) return order;
	for (let k = 0; k < keys; k++) starts[k + 1] = int(starts, k + 1) + int(starts, k);
	const sorted = new Int32Array(order.length);
	for (let i = 0; i < order.length; i++) {
		const row = int(order, i);
		const k = int(column, row) - least;
		const place = int(starts, k);
		sorted[place] = row;
		starts[k] = place + 1;
	}
	return sorted;
}

/** Own loop: `from` with a function walks an iterator, ten times as slow. */
function gathered<Column extends Int32Array | Float64Array>(
	into: Column,
	column: ArrayLike<number>,
	order: Int32Array
): Column {
	for (let i = 0; i < order.length; i++) into[i] = column[int(order, i)] ?? 0;
	return into;
}

/** Piece by piece: at each yield others have their turn. */
export function* arranging(evidence: Evidence, question: Question): Generator<undefined, Arranged> {
	const n = evidence.person.length;
	const raterIds = evidence.rater.reduce((most, id) => Math.max(most, id), -1) + 2;
	let order: Int32Array = new Int32Array(n);
	for (let i = 0; i < n; i++) order[i] = i;
	order = sortedBy(order, evidence.quarters, 256);
	yield;
	order = sortedBy(order, evidence.rater, raterIds, -1);
	yield;
	order = sortedBy(order, evidence.source, EVIDENCE_SOURCES.length);
	yield;
	order = sortedBy(order, evidence.competency, question.competencies);
	yield;
	order = sortedBy(order, evidence.person, question.people);
	yield;
	const columns = {
		competency: gathered(new Int32Array(n), evidence.competency, order),
		source: gathered(new Int32Array(n), evidence.source, order),
		value: gathered(new Float64Array(n), evidence.value, order),
		quarters: gathered(new Int32Array(n), evidence.quarters, order)
	};
	const rater = gathered(new Int32Array(n), evidence.rater, order);
	const observationsFrom = new Int32Array(question.people + 1);
	for (let i = 0; i < n; i++) {
		const next = int(evidence.person, i) + 1;
		observationsFrom[next] = int(observationsFrom, next) + 1;
	}
	for (let i = 0; i < question.people; i++)
		observationsFrom[i + 1] = int(observationsFrom, i + 1) + int(observationsFrom, i);
	return {
		...columns,
		observationsFrom,
		...sheetsOf({ ...columns, rater, observationsFrom }, question.people, raterIds)
	};
}

type Sorted = Pick<Arranged, 'competency' | 'source' | 'quarters' | 'observationsFrom'> & {
	rater: Int32Array;
};

function sheetsOf(
	{ competency, source, quarters, rater, observationsFrom }: Sorted,
	people: number,
	raterIds: number
) {
	const sheet = new Int32Array(source.length);
	const sheetsFrom = new Int32Array(people + 1);
	const blocksFrom = new Int32Array(people + 1);
	const sheetSource: number[] = [];
	const sheetRater: number[] = [];
	const raterOf = new Int32Array(raterIds * EVIDENCE_SOURCES.length).fill(-1);
	const raterSource: number[] = [];
	const rates = EVIDENCE_SOURCES.map((name) => RATED_BY_OTHERS.includes(name));
	const most = { observations: 0, sheets: 0, cell: 0 };
	const keys: number[] = [];
	for (let person = 0; person < people; person++) {
		const from = int(observationsFrom, person);
		const to = int(observationsFrom, person + 1);
		keys.length = 0;
		let cell = 0;
		for (let i = from; i < to; i++) {
			const s = int(source, i);
			cell = i > from && int(competency, i) === int(competency, i - 1) ? cell + 1 : 1;
			most.cell = Math.max(most.cell, cell);
			// Where nobody rates, what was measured in one quarter was measured on one occasion.
			const who =
				rates[s] === true ? int(rater, i) + 1 : EVIDENCE_SOURCES[s] === 'self' ? 0 : int(quarters, i);
			const key = who * EVIDENCE_SOURCES.length + s;
			let place = keys.indexOf(key);
			if (place === -1) {
				place = keys.length;
				keys.push(key);
				sheetSource.push(s);
				let index = -1;
				if (rates[s] === true) {
					index = int(raterOf, key);
					if (index === -1) {
						index = raterSource.length;
						raterOf[key] = index;
						raterSource.push(s);
					}
				}
				sheetRater.push(index);
			}
			sheet[i] = place;
		}
		sheetsFrom[person + 1] = sheetSource.length;
		blocksFrom[person + 1] = int(blocksFrom, person) + keys.length ** 2;
		most.observations = Math.max(most.observations, to - from);
		most.sheets = Math.max(most.sheets, keys.length);
	}
	return {
		sheet,
		sheetsFrom,
		blocksFrom,
		sheetSource: Int32Array.from(sheetSource),
		sheetRater: Int32Array.from(sheetRater),
		raters: raterSource.length,
		raterSource: Int32Array.from(raterSource),
		most
	};
}
